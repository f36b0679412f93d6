import { addDays, isWorkingDay } from '../../src/reference/index.js';

/** An event of the log as anyone can read it who holds the keys. */
export interface ReadEvent {
  readonly stream: string;
  readonly subject: string;
  readonly eventId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, any>>;
  readonly recordedOn: string;
  readonly contactOn?: string;
  /** The legal domain of the office that recorded it, and of the one that it names; `none` without one. */
  readonly office: string;
  readonly toOffice: string;
}

export interface Days {
  readonly from: string;
  readonly to: string;
  readonly horizon: string;
}

type Log = readonly ReadEvent[];
/** The parts of a figure in which one journey is counted; after a bar the field of action, or legal domains. */
type Tally = (log: Log, days: Days) => readonly string[];

const of = (log: Log, type: string): Log => log.filter((event) => event.type === type);
const inside = (day: string | undefined, { from, to }: Days): boolean =>
  day !== undefined && day >= from && day <= to;
const first = (days: readonly string[]): string | undefined => [...days].sort()[0];
const openedOn = (log: Log): string => of(log, 'JourneyOpened')[0]!.data['openedOn'] as string;

/** By walking through what happened: open after the last of opening, closing and reopening up to that day. */
const openOn = (log: Log, day: string): boolean => {
  let open = openedOn(log) <= day;
  for (const { type, recordedOn } of log) {
    if (recordedOn > day) continue;
    if (type === 'JourneyClosed') open = false;
    if (type === 'JourneyReopened') open = true;
  }
  return open;
};
const openSomeDay = (log: Log, days: Days): boolean => {
  for (let day = days.from; day <= days.to; day = addDays(day, 1)) if (openOn(log, day)) return true;
  return inside(openedOn(log), days);
};
const daysBetween = (from: string, to: string): number => {
  let days = 0;
  for (let day = from; day < to; day = addDays(day, 1)) days += 1;
  return days;
};
const band = (days: number): string => {
  if (days <= 0) return '0-0';
  if (days <= 7) return '1-7';
  if (days <= 14) return '8-14';
  if (days <= 28) return '15-28';
  if (days <= 56) return '29-56';
  if (days <= 91) return '57-91';
  return days <= 182 ? '92-182' : '183+';
};
const judged = (start: string, day: string | undefined, within: number, { horizon }: Days): string => {
  if (day !== undefined && daysBetween(start, day) <= within) return 'yes';
  return addDays(start, within) > horizon ? 'censored' : 'no';
};
const turned = (slot: string): string => (slot === 'yes' ? 'no' : slot === 'no' ? 'yes' : slot);
const when = ({ data, recordedOn }: ReadEvent): string =>
  (data['occurredOn'] as string | undefined) ?? recordedOn;

const contactDays = (log: Log): readonly string[] =>
  of(log, 'ContactRecorded').map(({ contactOn }) => contactOn!);
const assessedOn = (log: Log): string | undefined =>
  first([
    ...of(log, 'NeedIdentified').map(when),
    ...of(log, 'PotentialIdentified').map(({ recordedOn }) => recordedOn),
  ]);
const opening =
  (tally: (log: Log, days: Days) => readonly string[]): Tally =>
  (log, days) =>
    inside(openedOn(log), days) ? tally(log, days) : [];
const stepOf = (log: Log, type: string, referralId: unknown): string | undefined => {
  const step = of(log, type).find(({ data }) => data['referralId'] === referralId);
  return step && when(step);
};
/** Told as its start, or else as the end of what must have been started. */
const takenUpOn = (log: Log, referralId: unknown): string | undefined =>
  stepOf(log, 'ReferralStarted', referralId) ??
  first(
    of(log, 'ReferralCompleted')
      .filter(({ data }) => data['referralId'] === referralId && data['outcome'] !== 'unknown')
      .map(when),
  );
const referralsIn = (log: Log, days: Days): Log =>
  of(log, 'ReferralMade').filter(({ recordedOn }) => inside(recordedOn, days));
const needsIn = (log: Log, days: Days): Log =>
  of(log, 'NeedIdentified').filter((need) => inside(when(need), days));

/** All that happened after an event, in the order in which it was recorded. */
const after = (log: Log, event: ReadEvent): Log => log.slice(log.indexOf(event) + 1);
const about = (log: Log, handover: ReadEvent, ...types: readonly string[]): ReadEvent | undefined =>
  log.find(({ type, data }) => types.includes(type) && data['handoverId'] === handover.data['handoverId']);
const pairOf = (log: Log, { data }: ReadEvent): string => {
  const proposal = of(log, 'HandoverProposed').find((one) => one.data['handoverId'] === data['handoverId'])!;
  const { transition } = proposal.data;
  return transition ? `${transition.from}>${transition.to}` : `${proposal.office}>${proposal.toOffice}`;
};
const proposedIn = (log: Log, days: Days): Log =>
  of(log, 'HandoverProposed').filter(({ recordedOn }) => inside(recordedOn, days));
const workingBand = (from: string, to: string): string => {
  let days = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) days += 1;
  }
  if (days <= 3) return `${days}-${days}`;
  if (days <= 5) return '4-5';
  if (days <= 10) return '6-10';
  return days <= 20 ? '11-20' : '21+';
};
/** In the order of their beginnings, each with the event that ended it: the first one of its legal domain. */
const staysIn = (log: Log) =>
  of(log, 'LegalDomainEntered')
    .map((entry) => ({
      legalDomain: entry.data['legalDomain'] as string,
      from: entry.data['effectiveOn'] as string,
      endedBy: after(log, entry).find(
        ({ type, data }) => type === 'LegalDomainLeft' && data['legalDomain'] === entry.data['legalDomain'],
      ),
    }))
    .sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
const withdrawn = ['HandoverWithdrawn', 'HandoverLapsed'];

/** Every recorded figure, counted once more by other means, straight from the log. */
export const naiveFigures: Readonly<Record<string, Tally>> = {
  'caseload count': (log, { to }) => (openOn(log, to) ? ['counted'] : []),
  'reach count': opening(() => ['counted']),
  'access-route count': opening((log) => [of(log, 'JourneyOpened')[0]!.data['accessRoute'] as string]),
  'time-to-first-contact median': opening((log) => {
    const met = first(contactDays(log));
    return [met === undefined ? 'censored' : band(daysBetween(openedOn(log), met))];
  }),
  'first-contact-14d rate': opening((log, days) => [
    judged(openedOn(log), first(contactDays(log)), 14, days),
  ]),
  'assessment-30d rate': opening((log, days) => [judged(openedOn(log), assessedOn(log), 30, days)]),
  'consent-coverage rate': (log, { to }) => {
    if (!openOn(log, to)) return [];
    const withdrawn = new Map(
      of(log, 'ConsentWithdrawn')
        .map(({ data }) => [data['consentId'], data['withdrawnOn']] as const)
        .reverse(),
    );
    const inForce = of(log, 'ConsentGiven').some(({ data }) => {
      const ends = [
        data['validUntil'],
        withdrawn.has(data['consentId'])
          ? addDays(withdrawn.get(data['consentId']) as string, -1)
          : undefined,
      ];
      return data['validFrom'] <= to && ends.every((end) => end === undefined || end >= to);
    });
    return [inForce ? 'yes' : 'no'];
  },
  'withdrawal-rate rate': (log, days) =>
    of(log, 'ConsentGiven').flatMap(({ data }) => {
      const withdrawal = of(log, 'ConsentWithdrawn').find(
        (one) => one.data['consentId'] === data['consentId'],
      );
      const withdrawnOn = withdrawal?.data['withdrawnOn'] as string | undefined;
      if (data['validFrom'] > days.to || data['validUntil'] < days.from) return [];
      if (withdrawnOn !== undefined && withdrawnOn < days.from) return [];
      return [inside(withdrawnOn, days) ? 'yes' : 'no'];
    }),
  'plan-rate rate': (log, days) => {
    if (!inside(assessedOn(log), days)) return [];
    if (!of(log, 'GoalAgreed').every(({ data }) => data['agreedByClient'] === false)) return ['yes'];
    return [openOn(log, days.horizon) ? 'censored' : 'no'];
  },
  'goal-attainment rate': (log, days) => {
    const last = new Map<unknown, string>();
    for (const { data, recordedOn } of of(log, 'GoalReviewed'))
      if (inside(recordedOn, days)) last.set(data['goalId'], data['result'] as string);
    return [...last.values()].map((result) => (result === 'attained' ? 'yes' : 'no'));
  },
  'referrals-per-journey ratio': (log, days) => [
    ...(openSomeDay(log, days) ? ['denominator'] : []),
    ...referralsIn(log, days).map(() => 'numerator'),
  ],
  'referral-uptake rate': (log, days) =>
    referralsIn(log, days).map(({ data: { referralId } }) => {
      if (takenUpOn(log, referralId) !== undefined) return 'yes';
      const over = ['ReferralDeclined', 'ReferralCompleted', 'ReferralCancelled'].some(
        (type) => stepOf(log, type, referralId) !== undefined,
      );
      return over || !openOn(log, days.horizon) ? 'no' : 'censored';
    }),
  'referral-closed-loop-90d rate': (log, days) =>
    referralsIn(log, days).map(({ data: { referralId }, recordedOn }) => {
      const known = of(log, 'ReferralCompleted').filter(
        ({ data }) => data['referralId'] === referralId && data['outcome'] !== 'unknown',
      );
      return judged(recordedOn, first(known.map(when)), 90, days);
    }),
  'unmet-need rate': (log, days) =>
    needsIn(log, days).map((need) => {
      const answers = log.filter(
        ({ type, data }) =>
          (type === 'NeedResolved' || type === 'ReferralMade') && data['needId'] === need.data['needId'],
      );
      const slot = turned(judged(when(need), first(answers.map(({ recordedOn }) => recordedOn)), 60, days));
      return `${slot}|${need.data['fieldOfAction']}`;
    }),
  'time-to-support median': (log, days) =>
    needsIn(log, days).map((need) => {
      const { needId } = need.data;
      const resolved = of(log, 'NeedResolved').filter(({ data }) => data['needId'] === needId);
      const started = of(log, 'ReferralMade')
        .filter(({ data }) => data['needId'] === needId)
        .flatMap(({ data }) => takenUpOn(log, data['referralId']) ?? []);
      const supported = first([...resolved.map(({ recordedOn }) => recordedOn), ...started]);
      const slot = supported === undefined ? 'censored' : band(daysBetween(when(need), supported));
      return `${slot}|${need.data['fieldOfAction']}`;
    }),
  'preferred-language-share rate': (log, days) => {
    const preferred = of(log, 'JourneyOpened')[0]!.data['preferredLanguage'];
    return of(log, 'ContactRecorded')
      .filter(({ contactOn }) => inside(contactOn, days))
      .map(({ data: { language, interpreter } }) => {
        if (language === preferred) return 'yes';
        return interpreter && [undefined, 'de'].includes(language) ? 'yes' : 'no';
      });
  },
  'cross-domain-share rate': (log, { to }) => {
    if (!openOn(log, to)) return [];
    const current = new Set<unknown>();
    for (const { type, data } of log) {
      if (type === 'LegalDomainEntered' && data['effectiveOn'] <= to) current.add(data['legalDomain']);
      if (type === 'LegalDomainLeft' && data['effectiveOn'] <= to) current.delete(data['legalDomain']);
    }
    return [current.size >= 2 ? 'yes' : 'no'];
  },
  'closure-outcome count': (log, days) => {
    const closed = of(log, 'JourneyClosed').filter(({ recordedOn }) => inside(recordedOn, days));
    return closed.slice(-1).map(({ data }) => data['outcome'] as string);
  },
  'handover-acceptance-time median': (log, days) =>
    proposedIn(log, days).flatMap((proposal) => {
      const accepted = about(log, proposal, 'HandoverAccepted');
      if (accepted)
        return [`${workingBand(proposal.recordedOn, accepted.recordedOn)}|${pairOf(log, proposal)}`];
      // A returned one waits to be proposed anew or withdrawn; it is then that it ends.
      const over = about(log, proposal, 'HandoverDeclined', ...withdrawn);
      return over ? [] : [`censored|${pairOf(log, proposal)}`];
    }),
  'handover-acceptance-rate rate': (log, days) =>
    log
      .filter(({ type }) => type === 'HandoverAccepted' || type === 'HandoverDeclined')
      .filter(({ recordedOn }) => inside(recordedOn, days))
      .map((decision) => `${decision.type === 'HandoverAccepted' ? 'yes' : 'no'}|${pairOf(log, decision)}`),
  'handover-acceptance-rate declines': (log, days) =>
    of(log, 'HandoverDeclined')
      .filter(({ recordedOn }) => inside(recordedOn, days))
      .map((decline) => `${decline.data['reason']}|${pairOf(log, decline)}`),
  'review-time median': (log, days) =>
    proposedIn(log, days).flatMap((proposal) => {
      const reviewed = about(log, proposal, 'HandoverApproved', 'HandoverReturned');
      if (reviewed)
        return [`${workingBand(proposal.recordedOn, reviewed.recordedOn)}|${pairOf(log, proposal)}`];
      return about(log, proposal, ...withdrawn) ? [] : [`censored|${pairOf(log, proposal)}`];
    }),
  'review-time returned': (log, days) =>
    proposedIn(log, days).flatMap((proposal) => {
      const reviewed = about(log, proposal, 'HandoverApproved', 'HandoverReturned');
      if (!reviewed && about(log, proposal, ...withdrawn)) return [];
      const slot = !reviewed ? 'censored' : reviewed.type === 'HandoverReturned' ? 'yes' : 'no';
      return [`${slot}|${pairOf(log, proposal)}`];
    }),
  'handover-dropout rate': (log, days) =>
    of(log, 'HandoverAccepted')
      .filter(({ recordedOn }) => inside(recordedOn, days))
      .map((accepted) => {
        const met = contactDays(after(log, accepted)).filter((day) => day >= accepted.recordedOn);
        const slot = turned(judged(accepted.recordedOn, first(met), 30, days));
        return `${slot}|${pairOf(log, accepted)}`;
      }),
  'benefit-gap median': (log, days) => {
    const stays = staysIn(log);
    return of(log, 'LegalDomainLeft')
      .filter(({ data }) => inside(data['effectiveOn'], days))
      .flatMap((end) => {
        const ended = stays.filter(({ endedBy }) => endedBy === end);
        const later = stays.slice(stays.indexOf(ended[0]!) + 1);
        const day = end.data['effectiveOn'] as string;
        const [next] = later.filter(({ endedBy }) => !(endedBy && endedBy.data['effectiveOn'] <= day));
        const { legalDomain } = end.data;
        if (!next) return ['censored|unknown'];
        const gap = `${band(daysBetween(day, next.from))}|${legalDomain}>${next.legalDomain}`;
        return next.legalDomain === legalDomain ? [] : [gap];
      });
  },
};
