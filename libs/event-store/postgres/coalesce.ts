/** Takes from a queue what may go together; what it leaves waits for the next round, in its order. */
export type Selection<Item> = (queue: readonly Item[]) => { taken: readonly Item[]; left: readonly Item[] };

/** What was asked, and how to answer whoever asked. */
export interface Asked<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets questions that arrive while earlier ones are being answered wait, and asks them together: the busier,
 * the larger the rounds and the cheaper each question. `answer` settles every question it is given.
 * When `answer` itself throws, everything that waits fails with it at once, rather than one time-out later each.
 */
export const coalesce = <Question, Answer>(
  select: Selection<Asked<Question, Answer>>,
  answer: (round: readonly Asked<Question, Answer>[]) => Promise<void>,
  concurrency = 1,
) => {
  let waiting: Asked<Question, Answer>[] = [];
  let running = 0;
  let scheduled = false;
  let drained: (() => void) | undefined;

  const schedule = (): void => {
    if (scheduled || running === concurrency || waiting.length === 0) return;
    scheduled = true;
    // Whoever was just answered often asks again at once: let them join.
    setImmediate(() => {
      scheduled = false;
      void runRound();
    });
  };

  const runRound = async (): Promise<void> => {
    const { taken, left } = select(waiting);
    waiting = [...left];
    running++;
    schedule();
    try {
      await answer(taken);
    } catch (error) {
      for (const { reject } of [...taken, ...waiting]) reject(error);
      waiting = [];
    }
    running--;
    if (running === 0 && waiting.length === 0) drained?.();
    schedule();
  };

  return {
    ask: (question: Question): Promise<Answer> =>
      new Promise((resolve, reject) => {
        waiting.push({ question, resolve, reject });
        schedule();
      }),
    /** Resolves when everything that was asked has its answer. */
    drain: (): Promise<void> =>
      running === 0 && waiting.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            drained = resolve;
          }),
  };
};
