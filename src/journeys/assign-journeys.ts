import { Command, CommandBus, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { v5 as uuidV5 } from 'uuid';
import { NotVisible, Refused } from '../record/index.js';
import type { CommandRequest } from '../record/index.js';
import { ChangeJourney } from './journey-commands.js';

export interface AssignmentResult {
  readonly journeyId: string;
  readonly status: 'accepted' | 'refused';
  /** Which rule refused it. */
  readonly code?: string;
}

/** Gives many journeys of one person to another, each accepted or refused alone. */
export class AssignJourneys extends Command<readonly AssignmentResult[]> {
  constructor(
    readonly fromUserId: string,
    readonly toUserId: string,
    readonly journeyIds: readonly string[],
    readonly request: CommandRequest,
  ) {
    super();
  }
}

@CommandHandler(AssignJourneys)
export class AssignJourneysHandler implements ICommandHandler<AssignJourneys> {
  constructor(private readonly commands: CommandBus) {}

  execute({ fromUserId, toUserId, journeyIds, request }: AssignJourneys): Promise<AssignmentResult[]> {
    const { ifMatch: _, ...anyRevision } = request;
    return Promise.all(
      journeyIds.map((journeyId) =>
        this.assign(
          new ChangeJourney(
            journeyId,
            { type: 'AssignJourney', ownerUserId: toUserId, fromUserId },
            // Each journey's assignment is a command of its own, the same again when the whole is sent again.
            { ...anyRevision, commandId: uuidV5(journeyId, request.commandId) },
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
