import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../access/index.js';
import {
  Answer,
  BodyOf,
  CallerOf,
  CommandRequestOf,
  CommandRoute,
  invalidInput,
  PathOf,
  PurposeOf,
  QueryRoute,
  Uuid,
  Whole,
} from '../../http/index.js';
import { newId } from '../../record/index.js';
import type { CommandRequest } from '../../record/index.js';
import { AddClient, ChangeClient } from '../client-commands.js';
import { ReadClient } from '../client-queries.js';
import { ClientBody, ClientCorrectionBody } from './client.dto.js';

class ClientMade {
  @Uuid()
  readonly clientId!: string;
}

class ClientChanged extends ClientMade {
  @Whole({ min: 0, max: Number.MAX_SAFE_INTEGER })
  readonly revision!: number;
}

@Controller('v1/clients')
export class ClientsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @CommandRoute('registerClient', { summary: 'Register a client', status: 201, answer: ClientMade })
  async registerClient(@BodyOf() body: ClientBody, @CommandRequestOf() request: CommandRequest) {
    const { createDespiteMatches: _, ...details } = body;
    const { revision, position } = await this.commands.execute(new AddClient(details, request));
    const clientId = newId(request.commandId);
    return new Answer({ clientId }, { revision, position, location: `/v1/clients/${clientId}` });
  }

  @CommandRoute('correctClient', {
    path: ':clientId/corrections',
    summary: 'Correct what is known of a client',
    answer: ClientChanged,
  })
  async correctClient(
    @PathOf('clientId', Uuid()) clientId: string,
    @BodyOf() body: ClientCorrectionBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    if (Object.keys(body).length === 1)
      throw invalidInput([{ pointer: '', message: 'must name at least one field to correct' }]);
    const { revision, position } = await this.commands.execute(new ChangeClient(clientId, body, request));
    return new Answer({ clientId, revision }, { revision, position });
  }

  @QueryRoute('readClient', { path: ':clientId', summary: 'Read a client' })
  async readClient(
    @PathOf('clientId', Uuid()) clientId: string,
    @CallerOf() viewer: Caller,
    @PurposeOf() purpose: string | undefined,
  ) {
    const { body, revision } = await this.queries.execute(new ReadClient(clientId, viewer, purpose));
    return new Answer(body, { revision });
  }
}
