/** Something that must be there for requests to be answered. */
export interface ReadinessCheck {
  readonly name: string;
  /** Rejects if it is not there. */
  readonly check: () => Promise<void>;
  /** What else an operator wants to know of it, without asking it anything. */
  readonly facts?: () => PartFacts;
}

/** Neither addresses nor messages. */
export interface PartFacts {
  readonly kind?: string;
  readonly version?: string;
  readonly lastError?: string;
}

/** The injection token of the list of checks. */
export const READINESS_CHECKS = Symbol('READINESS_CHECKS');

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly (PartFacts & { readonly name: string; readonly status: 'up' | 'down' })[];
}

/** Asks every part, each for a bounded time: one that does not answer is as good as away. */
export const readinessOf = async (
  checks: readonly ReadinessCheck[],
  boundMilliseconds = 2000,
): Promise<Readiness> => {
  const asked = await Promise.all(
    checks.map(async ({ name, check, facts }) => ({
      name,
      status: (await isUp(check, boundMilliseconds)) ? ('up' as const) : ('down' as const),
      ...facts?.(),
    })),
  );
  return { ready: asked.every(({ status }) => status === 'up'), checks: asked };
};

const isUp = async (check: () => Promise<void>, boundMilliseconds: number): Promise<boolean> => {
  let bound: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((settle) => {
    bound = setTimeout(() => settle(false), boundMilliseconds).unref();
  });
  try {
    return await Promise.race([check().then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(bound);
  }
};
