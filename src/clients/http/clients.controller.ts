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
  LanguageOf,
  PathOf,
  PurposeOf,
  QueryRoute,
  Revision,
  SearchRoute,
  Uuid,
} from '../../http/index.js';
import type { AnswerLanguage } from '../../http/index.js';
import { newId } from '../../record/index.js';
import type { CommandRequest } from '../../record/index.js';
import { AddClient, ChangeClient } from '../client-commands.js';
import { ReadClient } from '../client-queries.js';
import { FindMatches } from '../matches-query.js';
import { MergeClients } from '../merge-clients.js';
import { ClientAnswer } from './client-answer.js';
import { ClientBody, ClientCorrectionBody, MatchesAnswer, MergeBody, PersonBody } from './client.dto.js';

class ClientMade {
  @Uuid()
  readonly clientId!: string;
}

class ClientChanged extends ClientMade {
  @Revision()
  readonly revision!: number;
}

@Controller('v1/clients')
export class ClientsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @CommandRoute('registerClient', {
    summary: 'Register a client',
    description:
      'Where somebody whom the caller may see is probably the same person, it is refused with those `matches`, as `findMatches` gives them, unless the body says `createDespiteMatches`.',
    status: 201,
    answer: ClientMade,
    refusals: ['possible-duplicate'],
  })
  async registerClient(
    @BodyOf() body: ClientBody,
    @LanguageOf() language: AnswerLanguage,
    @CommandRequestOf() request: CommandRequest,
  ) {
    const { createDespiteMatches = false, ...details } = body;
    const command = new AddClient(details, request, createDespiteMatches ? undefined : language);
    const { revision, position } = await this.commands.execute(command);
    const clientId = newId(request.commandId);
    return new Answer({ clientId }, { revision, position, location: `/v1/clients/${clientId}` });
  }

  @CommandRoute('correctClient', {
    path: ':clientId/corrections',
    summary: 'Correct what is known of a client',
    answer: ClientChanged,
    refusals: ['client-merged'],
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

  @SearchRoute('findMatches', {
    path: 'matches',
    summary: 'Find out whether somebody is known already',
    description: 'Among those whom the caller may see, across spellings and scripts.',
    answer: MatchesAnswer,
  })
  async findMatches(
    @BodyOf() body: PersonBody,
    @CallerOf() viewer: Caller,
    @LanguageOf() language: AnswerLanguage,
  ) {
    return { matches: await this.queries.execute(new FindMatches(body, viewer, language)) };
  }

  @CommandRoute('mergeClients', {
    path: ':clientId/merges',
    summary: 'Join another client who turned out to be the same person',
    description:
      'Both histories are kept. Whoever asks for the duplicate is shown the survivor from then on.',
    answer: ClientChanged,
    refusals: ['client-merged'],
  })
  async mergeClients(
    @PathOf('clientId', Uuid()) clientId: string,
    @BodyOf() { duplicateClientId }: MergeBody,
    @CommandRequestOf() request: CommandRequest,
  ) {
    const merge = { survivorClientId: clientId, duplicateClientId };
    const { revision, position } = await this.commands.execute(new MergeClients(merge, request));
    return new Answer({ clientId, revision }, { revision, position });
  }

  @QueryRoute('readClient', { path: ':clientId', summary: 'Read a client', answer: ClientAnswer })
  async readClient(
    @PathOf('clientId', Uuid()) clientId: string,
    @CallerOf() viewer: Caller,
    @PurposeOf() purpose: string | undefined,
  ): Promise<Answer<ClientAnswer>> {
    const { body, revision } = await this.queries.execute(new ReadClient(clientId, viewer, purpose));
    return new Answer(body, { revision });
  }
}
