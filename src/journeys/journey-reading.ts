import { loadPerson, viewOfClient } from '../clients/index.js';
import type { ClientView } from '../clients/index.js';
import { NotVisible, Refused } from '../record/index.js';
import type { History, Recorder } from '../record/index.js';
import type { Phase } from './domain/codes.js';
import { withCorrections } from './domain/corrections.js';
import type { Actor } from './domain/decision.js';
import type { JourneyEvent } from './domain/events.js';
import { foldJourney } from './domain/evolve.js';
import { grants, horizonOf, recordFor } from './domain/grants.js';
import type { Grant, Moment } from './domain/grants.js';
import type { VisibleEvent } from './domain/journey.js';
import { redact } from './domain/redact.js';
import { phaseOf } from './domain/view.js';
import { packageOf } from './handover-package.js';
import type { IdentifiedPackage } from './handover-package.js';
import { journeyFormat, journeyStream } from './journey-format.js';

export interface JourneyRequest {
  readonly journeyId: string;
  readonly viewer: Actor;
  /** What the personal data are read for, if the reader said so. */
  readonly purpose?: string;
  /** RFC 3339 in UTC: only what had been recorded by then. */
  readonly asOf?: string;
}

export interface Reading {
  /** What the viewer may see, corrections applied. */
  readonly events: readonly VisibleEvent[];
  readonly granted: readonly Grant[];
  readonly client: ClientView;
  /** A process fact that goes with any disclosure: follows from the whole record, visible or not. */
  readonly phase: Phase;
  /** Of the last event up to the moment that was asked for, visible or not. */
  readonly revision: number;
  /** What a handover passes on, as the record and the client stood at that moment. */
  readonly packageOf: (handoverId: string) => IdentifiedPackage | undefined;
}

/**
 * Reads a journey as one person may see it now, or as they would have seen it at an earlier moment with
 * the rights that they have now.
 * @throws NotVisible, Refused (`purpose-required`)
 */
export const readJourney = async (
  recorder: Recorder,
  { journeyId, viewer, purpose, asOf }: JourneyRequest,
  moment: Moment,
): Promise<Reading> => {
  const history = await recorder.load(journeyStream(journeyId), journeyFormat);
  const granted = admitReader(history, viewer, moment, purpose);
  const end = horizonOf(granted);
  const upTo = recordFor(recordedBy(history, asOf), granted, viewer.organisationId);
  const last = upTo.at(-1);
  const journey = foldJourney(upTo);
  if (!last || journey.stage === 'none') throw new NotVisible();
  const { client, erased } = await loadPerson(recorder, clientIdOf(history), earlier(asOf, end?.at));
  return {
    events: visibleEvents(history.events, upTo, granted, viewer),
    granted,
    client: viewOfClient(client, history.erased || erased, granted),
    phase: phaseOf(journey),
    revision: last.revision,
    packageOf: (handoverId) => packageOf(handoverId, withCorrections(upTo), client, history.erased || erased),
  };
};

const admitReader = (
  history: History<JourneyEvent>,
  viewer: Actor,
  moment: Moment,
  purpose: string | undefined,
): readonly Grant[] => {
  const granted = grants(history.events, viewer, moment);
  if (granted.length === 0) throw new NotVisible();
  if (purpose === undefined && !granted.some(({ reason }) => reason === 'owner' || reason === 'former-owner'))
    throw new Refused('input', 'purpose-required', '/KIM-Purpose');
  return granted;
};

const recordedBy = (history: History<JourneyEvent>, asOf: string | undefined): readonly VisibleEvent[] =>
  asOf === undefined ? history.events : history.events.filter(({ recordedAt }) => recordedAt <= asOf);

const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;

const clientIdOf = ({ events: [opening] }: History<JourneyEvent>): string => {
  if (opening?.type !== 'JourneyOpened') throw new NotVisible();
  return opening.data.clientId;
};

/** A later correction may have shown that an entry is more confidential than it was taken to be. */
const visibleEvents = (
  all: readonly VisibleEvent[],
  upTo: readonly VisibleEvent[],
  granted: readonly Grant[],
  viewer: Actor,
): readonly VisibleEvent[] => {
  const asSeenThen = redact(withCorrections(upTo), granted, viewer.organisationId);
  if (upTo.length === all.length) return asSeenThen;
  const visibleNow = new Set(
    redact(withCorrections(all), granted, viewer.organisationId).map(({ eventId }) => eventId),
  );
  return asSeenThen.filter(({ eventId }) => visibleNow.has(eventId));
};

/** The client of a journey as the viewer may see them now; `undefined` if they may not know of the journey. */
export const clientOfJourney = async (
  recorder: Recorder,
  journeyId: string,
  viewer: Actor,
  moment: Moment,
): Promise<ClientView | undefined> => {
  const history = await recorder.load(journeyStream(journeyId), journeyFormat);
  const granted = grants(history.events, viewer, moment);
  if (granted.length === 0) return undefined;
  const { client, erased } = await loadPerson(recorder, clientIdOf(history), horizonOf(granted)?.at);
  return viewOfClient(client, history.erased || erased, granted);
};
