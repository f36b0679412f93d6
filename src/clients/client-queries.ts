import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NotVisible, RECORD, Refused } from '../record/index.js';
import type { Record } from '../record/index.js';
import { CLIENT_ACCESS, hasKept } from './client-access.js';
import type { ClientAccess, Viewer } from './client-access.js';
import { viewOfClient } from './client-view.js';
import type { ClientView } from './client-view.js';
import { loadSeenPerson } from './seen-person.js';

export class ReadClient extends Query<{ readonly body: ClientView; readonly revision: number }> {
  constructor(
    readonly clientId: string,
    readonly viewer: Viewer,
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
    const { client, erased, granted, revision } = await loadSeenPerson(
      this.record,
      this.access,
      clientId,
      viewer,
    );
    if (granted.length === 0) throw new NotVisible();
    if (purpose === undefined && !hasKept(granted))
      throw new Refused('input', 'purpose-required', '/KIM-Purpose');
    return { body: viewOfClient(client, erased, granted), revision };
  }
}
