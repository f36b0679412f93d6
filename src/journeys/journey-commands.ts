import { randomBytes } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import {
  admitSurvivor,
  clientFormat,
  clientStream,
  foldClient,
  linkJourney,
  loadPerson,
} from '../clients/index.js';
import type { Person } from '../clients/index.js';
import { newId, NotVisible, RECORD, Refused, StaleRevision } from '../record/index.js';
import type { CommandRequest, Outcome, Record, Recorded } from '../record/index.js';
import { clientGrants } from './client-grants.js';
import type { JourneyCommand, OpenJourney } from './domain/commands.js';
import { decide } from './domain/decide.js';
import type { Actor, Context } from './domain/decision.js';
import { foldJourney } from './domain/evolve.js';
import type { JourneyEvent } from './domain/events.js';
import { grants, grantsOf, grantsTo, recordFor, revisionFor } from './domain/grants.js';
import { isOffered } from './domain/handover-state.js';
import { noJourney } from './domain/journey.js';
import type { Journey, VisibleEvent } from './domain/journey.js';
import { openJourney } from './domain/opening.js';
import { withCorrections } from './domain/corrections.js';
import { redact } from './domain/redact.js';
import { packageOf } from './handover-package.js';
import { journeyFormat, journeyStream } from './journey-format.js';
import { REGISTERS } from './registers.js';
import type { JourneyRegisters } from './registers.js';
import { eventsOf } from './refusals.js';

export type JourneyOutcome = Outcome<JourneyEvent>;

export class ChangeJourney extends Command<JourneyOutcome> {
  constructor(
    readonly journeyId: string,
    readonly command: JourneyCommand,
    readonly request: CommandRequest,
  ) {
    super();
  }
}

export class StartJourney extends Command<JourneyOutcome> {
  constructor(
    readonly command: OpenJourney,
    readonly request: CommandRequest,
  ) {
    super();
  }
}

@CommandHandler(ChangeJourney)
export class ChangeJourneyHandler implements ICommandHandler<ChangeJourney> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(REGISTERS) private readonly registers: JourneyRegisters,
  ) {}

  execute({ journeyId, command, request }: ChangeJourney): Promise<JourneyOutcome> {
    const { recorder, running } = this.record;
    let person: Person | undefined;
    let events: readonly VisibleEvent[] = [];
    const context: Context = {
      ...contextOf(request, this.record, this.registers),
      packageHash: (handoverId) =>
        person && packageOf(handoverId, events, person.client, person.erased)?.packageHash,
      statement: (eventId) =>
        redact(events, grants(events, context.actor, context), context.actor.organisationId).find(
          (event) => event.eventId === eventId,
        )?.data,
    };
    const isCorrection = command.type === 'CorrectStatement';
    const isAcceptance = command.type === 'AcceptHandover';
    return running.once(request.commandId, () =>
      recorder.record<JourneyEvent, Journey>({
        stream: journeyStream(journeyId),
        format: journeyFormat,
        fold: foldCorrected,
        request,
        subject: clientIdOf,
        // What a package holds, what came with one, and what a statement says is told by everything that was recorded.
        needsAll: (journey) => isAcceptance || isCorrection || changedHands(journey),
        admit: async (journey, history) => {
          if (!mayKnow(journey, command, request.caller, context.today)) throw new NotVisible();
          events = withCorrections(history.events);
          if (isAcceptance) person = await loadPerson(recorder, clientIdOf(journey));
        },
        revisionRead: (journey, history) => {
          const granted = grantsOf(journey, request.caller, context.today);
          return revisionFor(history.events, granted, request.caller.organisationId, command);
        },
        decide: (journey) => {
          const decided = eventsOf(
            decide(command, asTheCallerSees(journey, events, command, context), context),
          );
          // Who no longer sees the journey is told nothing of where it stands by now.
          if (decided.length === 0 && !isOfDeadlines(command) && !mayRead(journey, context))
            throw new Refused('state', 'referral-ended');
          return decided;
        },
      }),
    );
  }
}

/** Whether the caller may know that there is something to decide on. */
const mayKnow = (journey: Journey, command: JourneyCommand, caller: Actor, today: string): boolean =>
  isOfDeadlines(command) ||
  grantsOf(journey, caller, today).length > 0 ||
  ('handoverId' in command && wasOffered(journey, command.handoverId, caller)) ||
  ('referralId' in command && wasReferredTo(journey, command.referralId, caller));

const mayRead = (journey: Journey, { actor, today }: Context): boolean =>
  grantsOf(journey, actor, today).length > 0;

/** Who has declined a client, or was too late, knows of the offer: an answer to it is too late, not unknown. */
const wasOffered = (journey: Journey, handoverId: string, { organisationId, roles }: Actor): boolean =>
  journey.stage !== 'none' &&
  roles.some((role) => role === 'case_manager' || role === 'supervisor') &&
  journey.handovers.some(
    (handover) =>
      handover.handoverId === handoverId &&
      handover.toOrganisationId === organisationId &&
      isOffered(handover),
  );

/** Who has answered a referral, or from whom it was taken back, knows of it: another answer is too late. */
const wasReferredTo = (journey: Journey, referralId: string, { organisationId, roles }: Actor): boolean =>
  journey.stage !== 'none' &&
  roles.some((role) => role === 'case_manager' || role === 'supervisor') &&
  journey.referrals.some(
    (referral) =>
      referral.referralId === referralId &&
      referral.mode === 'live' &&
      referral.organisationId === organisationId,
  );

/** What the deadline runner decides, which has no rights of its own to see anything. */
const isOfDeadlines = ({ type }: JourneyCommand): boolean =>
  type === 'EscalateHandover' || type === 'LapseHandover';

const changedHands = (journey: Journey): boolean => journey.stage !== 'none' && journey.ownerships.length > 1;

/** Who took a client over decides on what they see: of the rest there is nothing to be done, or known. */
const asTheCallerSees = (
  journey: Journey,
  events: readonly VisibleEvent[],
  command: JourneyCommand,
  { actor: { organisationId }, today }: Context,
): Journey => {
  if (journey.stage === 'none' || !changedHands(journey) || command.type === 'AssignJourney') return journey;
  const granted = grantsTo(organisationId, journey, today);
  const seen = () => foldJourney(redact(recordFor(events, granted, organisationId), granted, organisationId));
  // A withdrawal stops all that rested on the consent, also what whoever records it does not know of.
  if (command.type === 'WithdrawConsent') return withConsentAsSeen(journey, seen(), command.consentId);
  return journey.owner.organisationId === organisationId ? seen() : journey;
};

/** The journey with that consent as far as it is seen: not at all, or in force though another office ended it. */
const withConsentAsSeen = (journey: Journey, seen: Journey, consentId: string): Journey => {
  if (journey.stage === 'none') return journey;
  const known = seen.stage === 'none' ? undefined : seen.consents.find((one) => one.consentId === consentId);
  return {
    ...journey,
    consents: journey.consents.flatMap((consent) => {
      if (consent.consentId !== consentId) return consent;
      const { withdrawal: _, ...given } = consent;
      return known ? { ...given, ...(known.withdrawal && { withdrawal: known.withdrawal }) } : [];
    }),
  };
};

/**
 * Opening touches two streams: the client's, which is told of the journey first, so that whoever may see the
 * client finds the journey from the record alone, and the journey's own. Broken off in between, the same
 * request carries on where it stopped; a link whose journey was never opened means nothing.
 */
@CommandHandler(StartJourney)
export class StartJourneyHandler implements ICommandHandler<StartJourney> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(REGISTERS) private readonly registers: JourneyRegisters,
  ) {}

  execute({ command, request }: StartJourney): Promise<JourneyOutcome> {
    const context = contextOf(request, this.record, this.registers);
    const stream = journeyStream(context.id);
    const open = () => eventsOf(openJourney(command, noJourney, context));
    return this.record.running.once(request.commandId, async () => {
      const { recorder } = this.record;
      const { revision } = await recorder.load(stream, journeyFormat);
      if (revision < 0) {
        await this.admitToClient(command.clientId, request, context);
        // Before anything is written: there is no revision yet that somebody could have seen.
        if (request.ifMatch !== undefined) throw new StaleRevision();
        open();
        await this.link(command.clientId, context.id, request);
      }
      return recorder.record<JourneyEvent, Journey>({
        stream,
        format: journeyFormat,
        fold: foldCorrected,
        request,
        subject: () => command.clientId,
        admit: () => undefined,
        decide: open,
      });
    });
  }

  private async admitToClient(clientId: string, { caller }: CommandRequest, moment: Context): Promise<void> {
    const { recorder } = this.record;
    const { client, erased } = await loadPerson(recorder, clientId);
    const granted = await clientGrants(recorder, client, caller, moment);
    if (granted.length === 0 || erased) throw new NotVisible();
    // Whoever opens a journey sees the whole client from then on: that is no way around what a consent leaves out.
    if (!granted.some(({ categories }) => categories === 'all' || categories.includes('identity')))
      throw new Refused('not-allowed', 'identity-not-disclosed');
  }

  private async link(clientId: string, journeyId: string, request: CommandRequest): Promise<void> {
    const { ifMatch: _, ...anyRevision } = request;
    const { recorder } = this.record;
    await recorder.record({
      stream: clientStream(clientId),
      format: clientFormat,
      fold: foldClient,
      request: anyRevision,
      subject: () => clientId,
      admit: (client) => admitSurvivor(recorder, client),
      decide: (client) => linkJourney(journeyId, client),
    });
  }
}

const contextOf = (
  { caller, commandId }: CommandRequest,
  { moment }: Record,
  registers: JourneyRegisters,
): Context => ({
  actor: caller,
  ...moment(),
  id: newId(commandId),
  // Few commands need one, and every command would pay for it.
  nonce: () => randomBytes(16).toString('hex'),
  packageHash: () => undefined,
  statement: () => undefined,
  registers,
  deadlines: registers.deadlines,
  fitting: registers.fitting,
});

const foldCorrected = (events: readonly Recorded<JourneyEvent>[]): Journey =>
  foldJourney(withCorrections(events));

const clientIdOf = (journey: Journey): string => {
  if (journey.stage === 'none') throw new NotVisible();
  return journey.clientId;
};
