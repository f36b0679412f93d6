import { Inject, Injectable } from '@nestjs/common';
import { named, SEEN_CLIENT, why } from '../caseload/index.js';
import type { SeenClient, Viewer, WhyLanguage } from '../caseload/index.js';
import { unavailable } from '../http/index.js';
import type { HandoverDeadline, HandoverFunction, HandoverStep } from '../journeys/index.js';
import { READ_MODELS, views } from '../read-models/index.js';
import type { ReadModels } from '../read-models/index.js';
import { never } from './handovers.js';

export const deskQueues = ['review', 'inbox', 'outgoing', 'overdue'] as const;
export type DeskQueue = (typeof deskQueues)[number];

export interface DeskPlace {
  readonly dueOn: string;
  readonly handoverId: string;
}

export interface DeskQuestion {
  readonly queue: DeskQueue;
  readonly viewer: Viewer;
  readonly after: DeskPlace | undefined;
  readonly limit: number;
  readonly language: WhyLanguage;
  /** `YYYY-MM-DD` in Europe/Berlin. */
  readonly today: string;
  readonly minPosition: string | undefined;
}

interface StoredHandover {
  readonly handover_id: string;
  readonly journey_id: string;
  readonly from_organisation_id: string;
  readonly to_organisation_id: string;
  readonly function: HandoverFunction;
  readonly proposed_at: Date;
  readonly step: HandoverStep;
  readonly deadline: HandoverDeadline | null;
  readonly due_on: string;
  readonly escalated: string | null;
}

/**
 * `review`: what a supervisor is to look at, but for their own proposals; `inbox`: offered to this office;
 * `outgoing`: sent by it and not completed; `overdue`: whatever step of either office is late. The receiver learns
 * of nothing before it is approved.
 */
const conditions: Readonly<Record<DeskQueue, string>> = {
  review: `from_organisation_id = $1 AND step = 'proposed' AND proposed_by <> $2`,
  inbox: `to_organisation_id = $1 AND step IN ('approved', 'information-requested')`,
  outgoing: `from_organisation_id = $1
             AND (step IN ('proposed', 'returned', 'approved', 'information-requested')
                  OR (step = 'accepted' AND deadline IS NOT NULL))`,
  overdue: `deadline IS NOT NULL AND due_on < $3
            AND (from_organisation_id = $1 OR (to_organisation_id = $1 AND step <> 'proposed'))`,
};

/** The desk on which an office's handovers lie: from the record's newest state, in the order of what is due. */
@Injectable()
export class HandoverDesk {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(SEEN_CLIENT) private readonly seenClient: SeenClient,
  ) {}

  async page({ queue, viewer, after, limit, language, today, minPosition }: DeskQuestion) {
    await this.readModels.ready('handovers', minPosition);
    const { rows } = await this.readModels.pool.query<StoredHandover>(
      `SELECT handover_id, journey_id, from_organisation_id, to_organisation_id, function, proposed_at, step,
              deadline, due_on::text, escalated
         FROM ${views}.handovers
        WHERE ${conditions[queue]} AND $2::text IS NOT NULL
          AND (step = 'accepted' OR rests_until >= $3::date)
          AND ($4::date IS NULL OR (due_on, handover_id) > ($4, $5::uuid))
        ORDER BY due_on, handover_id
        LIMIT $6`,
      [
        viewer.organisationId,
        viewer.userId,
        today,
        after?.dueOn ?? null,
        after?.handoverId ?? null,
        limit + 1,
      ],
    );
    const page = rows.slice(0, limit);
    // What the record says now decides what is shown, also of a handover that has just moved on.
    const clients = await Promise.all(page.map((row) => this.seenClient(row.journey_id, viewer)));
    const last = page.at(-1);
    return {
      items: page.flatMap((row, index) => {
        const client = clients[index];
        return client ? [itemOf(row, named(client), today, language)] : [];
      }),
      next: rows.length > limit && last ? { dueOn: last.due_on, handoverId: last.handover_id } : undefined,
    };
  }

  /** The journey of a handover; undefined if the log knows of no such handover. */
  async journeyOf(handoverId: string, minPosition: string | undefined): Promise<string | undefined> {
    const find = async () => {
      const { rows } = await this.readModels.pool.query<{ readonly journey_id: string }>(
        `SELECT journey_id FROM ${views}.handovers WHERE handover_id = $1`,
        [handoverId],
      );
      return rows[0]?.journey_id;
    };
    await this.readModels.ready('handovers', minPosition);
    const found = await find();
    if (found !== undefined) return found;
    const isAtHead = await this.readModels.atHead('handovers');
    const journeyId = await find();
    if (journeyId === undefined && !isAtHead) throw notFoundYet();
    return journeyId;
  }

  /**
   * As long as not every handover can be found, one that the caller may not know of is answered for like one that
   * nobody knows of.
   * @throws Problem 503
   */
  async admitNotFound(): Promise<void> {
    if (!(await this.readModels.atHead('handovers'))) throw notFoundYet();
  }
}

const notFoundYet = () =>
  unavailable('view-behind', 1, 'Not every handover that was proposed can be found yet.');

const itemOf = (
  row: StoredHandover,
  client: ReturnType<typeof named>,
  today: string,
  language: WhyLanguage,
) => ({
  handoverId: row.handover_id,
  journeyId: row.journey_id,
  client,
  status: row.step,
  step: row.step,
  fromOrganisationId: row.from_organisation_id,
  toOrganisationId: row.to_organisation_id,
  function: row.function,
  proposedAt: row.proposed_at.toISOString(),
  ...(row.due_on !== never && { dueOn: row.due_on }),
  overdue: row.deadline !== null && row.due_on < today,
  escalated: row.deadline !== null && row.escalated === row.deadline,
  why: row.deadline === null ? returned[language] : why(what[row.deadline], row.due_on, today, language),
});

const what = {
  review: 'handover-review',
  decision: 'handover-decision',
  'first-contact': 'first-contact',
} as const satisfies Record<HandoverDeadline, string>;

const returned: Readonly<Record<WhyLanguage, string>> = {
  de: 'Zur Überarbeitung zurückgegeben',
  en: 'Returned for revision',
};
