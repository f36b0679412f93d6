import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NotVisible, RECORD, Refused } from '../record/index.js';
import type { Record } from '../record/index.js';
import { CLIENT_ACCESS } from './client-access.js';
import type { ClientAccess } from './client-access.js';
import { clientFormat, clientStream } from './client-format.js';
import { viewOfClient } from './client-view.js';
import type { ClientView } from './client-view.js';
import { foldClient } from './domain/client.js';

export class ReadClient extends Query<{ readonly body: ClientView; readonly revision: number }> {
  constructor(
    readonly clientId: string,
    readonly viewer: {
      readonly userId: string;
      readonly organisationId: string;
      readonly roles: readonly string[];
    },
    readonly purpose?: string,
  ) {
    super();
  }
}

@QueryHandler(ReadClient)
export class ReadClientHandler implements IQueryHandler<ReadClient> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(CLIENT_ACCESS) private readonly access: ClientAccess,
  ) {}

  async execute({ clientId, viewer, purpose }: ReadClient) {
    const history = await this.record.recorder.load(clientStream(clientId), clientFormat);
    const client = foldClient(history.events);
    const granted = await this.access.grants(client, viewer, this.record.moment());
    if (granted.length === 0) throw new NotVisible();
    if (
      purpose === undefined &&
      !granted.some(({ reason }) => reason === 'owner' || reason === 'registration')
    )
      throw new Refused('input', 'purpose-required', '/KIM-Purpose');
    return { body: viewOfClient(client, history.erased, granted), revision: history.revision };
  }
}
