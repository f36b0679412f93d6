import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { AnswerLanguage } from '../http/index.js';
import { newId, NotVisible, RECORD, Refused } from '../record/index.js';
import type { CommandRequest, Outcome, Record } from '../record/index.js';
import { CLIENT_ACCESS, keeps } from './client-access.js';
import type { ClientAccess, ClientGrant } from './client-access.js';
import { clientFormat, clientStream } from './client-format.js';
import { seenDetails } from './client-view.js';
import { foldClient } from './domain/client.js';
import type { Client } from './domain/client.js';
import { correctClient, registerClient } from './domain/decide.js';
import type { CorrectClient, RegisterClient } from './domain/decide.js';
import type { ClientEvent } from './domain/events.js';
import { Matches } from './matches.js';
import { clientMerged, loadPerson } from './person.js';

export type ClientOutcome = Outcome<ClientEvent>;

export class AddClient extends Command<ClientOutcome> {
  constructor(
    readonly details: RegisterClient,
    readonly request: CommandRequest,
    /** The language to warn of possible duplicates in; without one, nobody looks for any. */
    readonly warnIn?: AnswerLanguage,
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
  constructor(
    @Inject(RECORD) private readonly record: Record,
    private readonly matches: Matches,
  ) {}

  execute({ details, request, warnIn }: AddClient): Promise<ClientOutcome> {
    const clientId = newId(request.commandId);
    return this.record.running.once(request.commandId, () =>
      this.record.recorder.record<ClientEvent, Client>({
        stream: clientStream(clientId),
        format: clientFormat,
        fold: foldClient,
        request,
        subject: () => clientId,
        // Not before the record was asked: who was registered by this very command is no duplicate.
        admit: () => (warnIn === undefined ? undefined : this.warn(details, request, warnIn)),
        decide: () => registerClient(details, clientId),
      }),
    );
  }

  /** Advice, which somebody who comes at the same moment may escape: without it the client is registered. */
  private async warn(
    details: RegisterClient,
    { caller }: CommandRequest,
    language: AnswerLanguage,
  ): Promise<void> {
    const matches = await this.matches.of(details, caller, language);
    if (matches && matches.length > 0)
      throw new Refused('state', 'possible-duplicate', undefined, { matches });
  }
}

@CommandHandler(ChangeClient)
export class ChangeClientHandler implements ICommandHandler<ChangeClient> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(CLIENT_ACCESS) private readonly access: ClientAccess,
  ) {}

  execute({ clientId, correction, request }: ChangeClient): Promise<ClientOutcome> {
    let granted: readonly ClientGrant[] = [];
    return this.record.running.once(request.commandId, () =>
      this.record.recorder.record<ClientEvent, Client>({
        stream: clientStream(clientId),
        format: clientFormat,
        fold: foldClient,
        request,
        subject: () => clientId,
        admit: async () => {
          granted = await this.admit(clientId, request);
        },
        decide: (client) => correctClient(correction, seenDetails(client, granted)),
      }),
    );
  }

  /** Who keeps the client corrects them, as far as they see them. */
  private async admit(clientId: string, { caller }: CommandRequest): Promise<readonly ClientGrant[]> {
    const { client, erased } = await loadPerson(this.record.recorder, clientId);
    const granted = await this.access.grants(client, caller, this.record.moment());
    if (client.stage === 'none' || erased || granted.length === 0) throw new NotVisible();
    if (!keeps(granted)) throw new Refused('not-allowed', 'not-the-owner');
    if (client.clientId !== clientId) throw clientMerged(client.clientId);
    return granted;
  }
}
