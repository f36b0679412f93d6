import { setTimeout as pause } from 'node:timers/promises';
import { InvalidPosition, type EventStore, type Position } from '#event-store';
import type { Failure, Projections, ProjectionStatus } from '#projections';

/** The facts do not come to the log's head; the message is one sentence that says which, and what can be seen of it. */
export class FactsStandStill extends Error {
  override readonly name = 'FactsStandStill';
}

const views: readonly string[] = ['fact_persons', 'fact_journeys'];

/**
 * Brings the facts to the present head of the log, by the functions of this program: rows that another version made
 * are not taken for them, even where they are at the head. Their rebuild is waited for.
 * @throws FactsStandStill after so many milliseconds, or once an event could not be applied
 */
export const bringFactsToHead = async (
  projections: Pick<Projections, 'start' | 'status' | 'resume'>,
  store: Pick<EventStore, 'head' | 'compare'>,
  { patienceMs, intervalMs = 250 }: { readonly patienceMs: number; readonly intervalMs?: number },
): Promise<void> => {
  const end = Date.now() + patienceMs;
  const head = await store.head();
  const statusOfFacts = async (): Promise<readonly ProjectionStatus[]> =>
    (await projections.status()).filter(({ name }) => views.includes(name));
  const before = new Map((await statusOfFacts()).map((status) => [status.name, failureOf(status)]));
  projections.start();
  // Where another process leads, its next turn may be minutes away.
  for (const [name, failure] of before) if (failure) await projections.resume(name);
  for (;;) {
    const facts = await statusOfFacts();
    for (const status of facts) {
      const failure = failureOf(status);
      if (failure && isAnother(failure, before.get(status.name)))
        throw new FactsStandStill(
          `The facts (${status.name}) stand still at event ${failure.eventId ?? '(none)'} (${failure.error}): see npm run kim -- projections.`,
        );
    }
    const behind = facts.find((status) => !isAtHead(status, head, store));
    if (!behind) return;
    if (Date.now() > end)
      throw new FactsStandStill(
        `The facts (${behind.name}) have not come to the log's head: see npm run kim -- projections.`,
      );
    await pause(intervalMs);
  }
};

const failureOf = ({ failure, rebuild }: ProjectionStatus): Failure | undefined =>
  rebuild?.failure ?? failure;

/** What was known before has been tried again since. */
const isAnother = ({ since, attempts }: Failure, before: Failure | undefined): boolean =>
  before?.since !== since || attempts > before.attempts;

const isAtHead = (
  { version, activeVersion, checkpoint }: ProjectionStatus,
  head: Position | undefined,
  store: Pick<EventStore, 'compare'>,
): boolean => {
  if (activeVersion !== version) return false;
  if (head === undefined) return true;
  try {
    return checkpoint !== undefined && store.compare(checkpoint, head) >= 0;
  } catch (error) {
    // Rows of another log are rebuilt.
    if (error instanceof InvalidPosition) return false;
    throw error;
  }
};
