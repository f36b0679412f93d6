import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer, Revision, Uuid } from '../../http/index.js';
import { newId } from '../../record/index.js';
import type { CommandRequest } from '../../record/index.js';
import type { JourneyCommand } from '../domain/commands.js';
import { ChangeJourney } from '../journey-commands.js';

/** What a command that makes nothing new answers. */
export class JourneyChanged {
  @Uuid()
  readonly journeyId!: string;

  @Revision()
  readonly revision!: number;
}

/** Sends commands on a journey to its handler and puts the outcome into an answer. */
@Injectable()
export class JourneyCommands {
  constructor(private readonly commands: CommandBus) {}

  async change(
    journeyId: string,
    command: JourneyCommand,
    request: CommandRequest,
  ): Promise<Answer<JourneyChanged>> {
    const { revision, position } = await this.commands.execute(
      new ChangeJourney(journeyId, command, request),
    );
    return new Answer({ journeyId, revision }, { revision, position });
  }

  /** For a command that makes a thing: answers its id under the name that the journey gives it, too. */
  async make<Name extends string>(
    name: Name,
    journeyId: string,
    command: JourneyCommand,
    request: CommandRequest,
  ): Promise<Answer<Record<Name, string>>> {
    const { revision, position } = await this.commands.execute(
      new ChangeJourney(journeyId, command, request),
    );
    return new Answer({ [name]: newId(request.commandId) } as Record<Name, string>, { revision, position });
  }
}
