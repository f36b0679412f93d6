import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { newId, NotVisible, RECORD, Refused } from '../record/index.js';
import type { CommandRequest, Outcome, Record } from '../record/index.js';
import { CLIENT_ACCESS } from './client-access.js';
import type { ClientAccess } from './client-access.js';
import { clientFormat, clientStream } from './client-format.js';
import { foldClient } from './domain/client.js';
import type { Client } from './domain/client.js';
import { correctClient, registerClient } from './domain/decide.js';
import type { CorrectClient, RegisterClient } from './domain/decide.js';
import type { ClientEvent } from './domain/events.js';

export type ClientOutcome = Outcome<ClientEvent>;

export class AddClient extends Command<ClientOutcome> {
  constructor(
    readonly details: RegisterClient,
    readonly request: CommandRequest,
  ) {
    super();
  }
}

export class ChangeClient extends Command<ClientOutcome> {
  constructor(
    readonly clientId: string,
    readonly correction: CorrectClient,
    readonly request: CommandRequest,
  ) {
    super();
  }
}

@CommandHandler(AddClient)
export class AddClientHandler implements ICommandHandler<AddClient> {
  constructor(@Inject(RECORD) private readonly record: Record) {}

  execute({ details, request }: AddClient): Promise<ClientOutcome> {
    const clientId = newId(request.commandId);
    return this.record.running.once(request.commandId, () =>
      this.record.recorder.record<ClientEvent, Client>({
        stream: clientStream(clientId),
        format: clientFormat,
        fold: foldClient,
        request,
        subject: () => clientId,
        admit: () => undefined,
        decide: () => registerClient(details, clientId),
      }),
    );
  }
}

@CommandHandler(ChangeClient)
export class ChangeClientHandler implements ICommandHandler<ChangeClient> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(CLIENT_ACCESS) private readonly access: ClientAccess,
  ) {}

  execute({ clientId, correction, request }: ChangeClient): Promise<ClientOutcome> {
    return this.record.running.once(request.commandId, () =>
      this.record.recorder.record<ClientEvent, Client>({
        stream: clientStream(clientId),
        format: clientFormat,
        fold: foldClient,
        request,
        subject: () => clientId,
        admit: (client, { erased }) => this.admit(client, erased, request),
        decide: (client) => correctClient(correction, client),
      }),
    );
  }

  /** Who keeps the client corrects them: the owner of one of their journeys, or who registered them. */
  private async admit(client: Client, erased: boolean, { caller }: CommandRequest): Promise<void> {
    if (erased) throw new NotVisible();
    const granted = await this.access.grants(client, caller, this.record.moment());
    if (granted.length === 0) throw new NotVisible();
    if (!granted.some(({ reason }) => reason === 'owner' || reason === 'registration'))
      throw new Refused('not-allowed', 'not-the-owner');
  }
}
