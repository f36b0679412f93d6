import fc from 'fast-check';

/** The people of the model, by office: who works there, and who may review. */
export const offices = {
  'kim-bergkamen': ['bergkamen-cm', 'bergkamen-lead', 'bergkamen-lead2'],
  'jobcenter-kreis-unna': ['jobcenter-cm', 'jobcenter-cm2', 'jobcenter-lead'],
  'auslaenderbehoerde-kreis-unna': ['abh-cm', 'abh-lead'],
} as const;
export type Office = keyof typeof offices;
export const officeNames = Object.keys(offices) as readonly Office[];
export const everybody = Object.values(offices).flat();
export const officeOf = (user: string): Office =>
  officeNames.find((office) => (offices[office] as readonly string[]).includes(user)) ?? 'kim-bergkamen';

export const functionOf: Readonly<Record<Office, string>> = {
  'kim-bergkamen': 'integration-management',
  'jobcenter-kreis-unna': 'job-seekers-benefits',
  'auslaenderbehoerde-kreis-unna': 'residence',
};

export const fields = ['housing', 'health-care', 'protection'] as const;
const categories = ['identity', 'needs', 'health', 'protection', 'language', 'benefits'] as const;
const rules = ['sgbx-71-2', 'aufenthg-44a', 'aufenthg-44a-abweichung', 'sgbx-69'] as const;

/** Something that somebody tries, whether it is their turn or not. */
export type Step =
  | { readonly does: 'need'; readonly user: string; readonly field: (typeof fields)[number] }
  | { readonly does: 'contact'; readonly user: string }
  | {
      readonly does: 'consent';
      readonly user: string;
      readonly to: Office;
      readonly purpose: 'handover' | 'information-exchange';
      readonly categories: readonly string[];
      readonly separately: boolean;
      /** Days from now on; without an end if absent. */
      readonly days: number | undefined;
    }
  | { readonly does: 'withdraw-consent'; readonly user: string; readonly which: number }
  | {
      readonly does: 'propose';
      readonly user: string;
      readonly to: Office;
      readonly categories: readonly string[];
      /** A statute; the last consent of the right kind if absent. */
      readonly rule: string | undefined;
    }
  | { readonly does: 'approve' | 'return' | 'ask' | 'answer' | 'decline' | 'withdraw'; readonly user: string }
  | { readonly does: 'accept'; readonly user: string; readonly hash: 'seen' | 'guessed' }
  | { readonly does: 'look'; readonly user: string }
  | { readonly does: 'close'; readonly user: string };

/** What happens at the same moment, and how many days pass before the next. */
export interface Moment {
  readonly together: readonly Step[];
  readonly daysLater: number;
}

const user = fc.constantFrom(...everybody);
const office = fc.constantFrom(...officeNames);
const some = fc.subarray([...categories], { minLength: 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('need' as const), user, field: fc.constantFrom(...fields) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('contact' as const), user }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('consent' as const),
      user,
      to: office,
      purpose: fc.constantFrom('handover' as const, 'handover' as const, 'information-exchange' as const),
      categories: some,
      separately: fc.boolean(),
      days: fc.option(fc.nat(12), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('withdraw-consent' as const), user, which: fc.nat(5) }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      does: fc.constant('propose' as const),
      user,
      to: office,
      categories: some,
      rule: fc.option(fc.constantFrom(...rules), { nil: undefined, freq: 2 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('approve' as const), user }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'return' as const,
        'ask' as const,
        'answer' as const,
        'decline' as const,
        'withdraw' as const,
      ),
      user,
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('look' as const), user }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('accept' as const),
      user,
      hash: fc.constantFrom('seen' as const, 'seen' as const, 'guessed' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('close' as const), user }) },
);

/** A handover that goes its way up to some point, so that what comes after it is reached often. */
const underWay: fc.Arbitrary<readonly Moment[]> = fc
  .record({
    to: fc.constantFrom(...officeNames.slice(1)),
    proposer: fc.constantFrom('bergkamen-cm', ...offices['kim-bergkamen']),
    reviewer: fc.constantFrom('bergkamen-lead', 'bergkamen-lead', ...offices['kim-bergkamen']),
    categories: some,
    days: fc.option(fc.nat(4), { nil: undefined }),
    length: fc.integer({ min: 3, max: 5 }),
    pause: fc.tuple(fc.constantFrom(0, 0, 0, 1), fc.nat(6)),
  })
  .map(({ to, proposer, reviewer, categories: named, days, length, pause: [pausing, daysLater] }) => {
    const receiver = offices[to][0];
    const mayTravel = named.filter(
      (one) => to === 'jobcenter-kreis-unna' || (one !== 'health' && one !== 'protection'),
    );
    const steps: readonly Step[] = [
      { does: 'need', user: proposer, field: 'housing' },
      {
        does: 'consent',
        user: proposer,
        to,
        purpose: 'handover',
        categories: named,
        separately: true,
        days,
      },
      { does: 'propose', user: proposer, to, categories: mayTravel, rule: undefined },
      { does: 'approve', user: reviewer },
      { does: 'look', user: receiver },
      { does: 'accept', user: receiver, hash: 'seen' },
    ];
    return steps
      .slice(0, length + 1)
      .map((one, index) => ({ together: [one], daysLater: index === 3 && pausing ? daysLater : 0 }))
      .filter(({ together: [one] }) => one?.does !== 'propose' || mayTravel.length > 0);
  });

export const anySequence: fc.Arbitrary<readonly Moment[]> = fc
  .tuple(
    fc.oneof(fc.constant([]), underWay),
    fc.array(
      fc.record({
        together: fc.array(step, { minLength: 1, maxLength: 3 }),
        daysLater: fc.oneof(
          { weight: 4, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 15 }) },
        ),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([before, rest]) => [...before, ...rest]);
