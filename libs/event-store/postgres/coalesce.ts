/** What was asked, and how to answer whoever asked. */
export interface Asked<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface Coalescing<Question, Answer> {
  /** Takes from those that wait what may go together, at least one; what it leaves keeps its order. */
  readonly select: (waiting: readonly Asked<Question, Answer>[]) => {
    readonly taken: readonly Asked<Question, Answer>[];
    readonly left: readonly Asked<Question, Answer>[];
  };
  /** Asks all questions of a round at once. Gives the answer to each, by its place; a refusal is thrown there. */
  readonly send: (questions: readonly Question[]) => Promise<(place: number) => Answer>;
  /** How many rounds may be on their way at the same time. */
  readonly concurrency: number;
}

/**
 * Lets questions that arrive while earlier ones are on their way wait, and sends them together: the busier,
 * the larger the rounds and the cheaper each question. When a round fails, everything that waits fails with
 * it at once, rather than one time-out later each.
 */
export const coalesce = <Question, Answer>({ select, send, concurrency }: Coalescing<Question, Answer>) => {
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
      if (running < concurrency && waiting.length > 0) void runRound();
    });
  };

  const runRound = async (): Promise<void> => {
    const { taken, left } = select(waiting);
    waiting = [...left];
    running++;
    try {
      const answerTo = await send(taken.map(({ question }) => question)).finally(() => running--);
      // The server works on the next round while this one is answered here, unless that would be a small one.
      if (2 * waiting.length >= taken.length) void runRound();
      settle(taken, answerTo);
    } catch (error) {
      for (const { reject } of [...taken, ...waiting]) reject(error);
      waiting = [];
    }
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

const settle = <Question, Answer>(
  round: readonly Asked<Question, Answer>[],
  answerTo: (place: number) => Answer,
): void => {
  round.forEach(({ resolve, reject }, place) => {
    try {
      resolve(answerTo(place));
    } catch (refusal) {
      reject(refusal);
    }
  });
};
