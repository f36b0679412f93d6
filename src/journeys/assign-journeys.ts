import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { v5 as uuidV5 } from 'uuid';
import { NotVisible, RECORD, Refused, StaleRevision } from '../record/index.js';
import type { CommandRequest, Outcome, Record } from '../record/index.js';
import { assignmentsFormat, assignmentsStream } from './assignments.js';
import type { AssignmentResult, AssignmentsAnswered } from './assignments.js';
import { refuseUser } from './domain/ownership.js';
import { ChangeJourney } from './journey-commands.js';
import { eventsOf } from './refusals.js';
import { REGISTERS } from './registers.js';
import type { JourneyRegisters } from './registers.js';

export interface AssignmentsOutcome {
  readonly items: readonly AssignmentResult[];
  readonly position: string | undefined;
}

/** Gives many journeys of one person to another, each accepted or refused alone. */
export class AssignJourneys extends Command<AssignmentsOutcome> {
  constructor(
    readonly fromUserId: string,
    readonly toUserId: string,
    readonly journeyIds: readonly string[],
    readonly request: CommandRequest,
  ) {
    super();
  }
}

/**
 * The answer is recorded under the request's own id once all are decided, refused ones included: the same key is
 * answered the same again, and known whichever journeys it is sent with. Broken off before that, the same request
 * carries on where it stopped, since each journey's assignment is a command of its own.
 */
@CommandHandler(AssignJourneys)
export class AssignJourneysHandler implements ICommandHandler<AssignJourneys> {
  constructor(
    private readonly commands: CommandBus,
    @Inject(RECORD) private readonly record: Record,
    @Inject(REGISTERS) private readonly registers: JourneyRegisters,
  ) {}

  execute(assigning: AssignJourneys): Promise<AssignmentsOutcome> {
    const { fromUserId, toUserId, request } = assigning;
    const { organisationId } = request.caller;
    // There is no one revision of many journeys that somebody could have seen.
    if (request.ifMatch !== undefined) return Promise.reject(new StaleRevision());
    return this.record.running.once(request.commandId, async () => {
      const earlier = answerOf(await this.recorded(assigning, []));
      if (earlier) return earlier;
      const unfit = refuseUser({ organisationId, userId: toUserId }, this.registers, '/toUserId');
      if (unfit) eventsOf(unfit);
      const items = await this.assignEach(assigning);
      const answered = { type: 'AssignmentsAnswered' as const, data: { fromUserId, toUserId, items } };
      return answerOf(await this.recorded(assigning, [answered]))!;
    });
  }

  private recorded(
    { request }: AssignJourneys,
    events: readonly AssignmentsAnswered[],
  ): Promise<Outcome<AssignmentsAnswered>> {
    return this.record.recorder.record<AssignmentsAnswered, undefined>({
      stream: assignmentsStream(request.commandId),
      format: assignmentsFormat,
      request,
      fold: () => undefined,
      admit: () => undefined,
      decide: () => events,
    });
  }

  private assignEach({ fromUserId, toUserId, journeyIds, request }: AssignJourneys) {
    return Promise.all(
      journeyIds.map((journeyId) =>
        this.assign(
          new ChangeJourney(
            journeyId,
            { type: 'AssignJourney', ownerUserId: toUserId, fromUserId },
            { ...request, commandId: uuidV5(journeyId, request.commandId) },
          ),
        ),
      ),
    );
  }

  private async assign(change: ChangeJourney): Promise<AssignmentResult> {
    const { journeyId } = change;
    try {
      await this.commands.execute(change);
      return { journeyId, status: 'accepted' };
    } catch (error) {
      if (error instanceof NotVisible) return { journeyId, status: 'refused', code: 'not-found' };
      if (error instanceof Refused) return { journeyId, status: 'refused', code: error.code };
      throw error;
    }
  }
}

const answerOf = ({ events, position }: Outcome<AssignmentsAnswered>): AssignmentsOutcome | undefined => {
  const [answered] = events;
  return answered && { items: answered.data.items, position };
};
