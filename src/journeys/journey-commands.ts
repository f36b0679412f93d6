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
import { newId, NotVisible, RECORD } from '../record/index.js';
import type { CommandRequest, Outcome, Record, Recorded } from '../record/index.js';
import { clientGrants } from './client-grants.js';
import type { JourneyCommand, OpenJourney } from './domain/commands.js';
import { decide } from './domain/decide.js';
import type { Actor, Context } from './domain/decision.js';
import { foldJourney } from './domain/evolve.js';
import type { JourneyEvent } from './domain/events.js';
import { grantsOf, ownersGrants } from './domain/grants.js';
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
    };
    const isAcceptance = command.type === 'AcceptHandover';
    return running.once(request.commandId, () =>
      recorder.record<JourneyEvent, Journey>({
        stream: journeyStream(journeyId),
        format: journeyFormat,
        fold: foldCorrected,
        request,
        subject: clientIdOf,
        // What a package holds, and what came with one, is told by everything that was recorded.
        needsAll: (journey) => isAcceptance || changedHands(journey),
        admit: async (journey, history) => {
          if (!mayKnow(journey, command, request.caller, context.today)) throw new NotVisible();
          events = withCorrections(history.events);
          if (isAcceptance) person = await loadPerson(recorder, clientIdOf(journey));
        },
        decide: (journey) =>
          eventsOf(decide(command, asTheOwnerSees(journey, events, command, request.caller), context)),
      }),
    );
  }
}

/** Whether the caller may know that there is something to decide on. */
const mayKnow = (journey: Journey, command: JourneyCommand, caller: Actor, today: string): boolean =>
  isOfDeadlines(command) ||
  grantsOf(journey, caller, today).length > 0 ||
  ('handoverId' in command && wasOffered(journey, command.handoverId, caller));

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

/** What the deadline runner decides, which has no rights of its own to see anything. */
const isOfDeadlines = ({ type }: JourneyCommand): boolean =>
  type === 'EscalateHandover' || type === 'LapseHandover';

const changedHands = (journey: Journey): boolean => journey.stage !== 'none' && journey.ownerships.length > 1;

/** Who took a client over decides on what came with them: of the rest there is nothing to be done, or known. */
const asTheOwnerSees = (
  journey: Journey,
  events: readonly VisibleEvent[],
  { type }: JourneyCommand,
  caller: Actor,
): Journey => {
  if (journey.stage === 'none' || !changedHands(journey) || type === 'AssignJourney') return journey;
  if (journey.owner.organisationId !== caller.organisationId) return journey;
  return foldJourney(redact(events, ownersGrants(journey), caller.organisationId));
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
  nonce: randomBytes(16).toString('hex'),
  packageHash: () => undefined,
  registers,
  deadlines: registers.deadlines,
  fits: registers.fits,
});

const foldCorrected = (events: readonly Recorded<JourneyEvent>[]): Journey =>
  foldJourney(withCorrections(events));

const clientIdOf = (journey: Journey): string => {
  if (journey.stage === 'none') throw new NotVisible();
  return journey.clientId;
};
