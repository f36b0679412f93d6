import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { NotVisible, RECORD, Refused } from '../record/index.js';
import type { CommandRequest, Outcome, Record } from '../record/index.js';
import { CLIENT_ACCESS, keeps } from './client-access.js';
import type { ClientAccess } from './client-access.js';
import { clientFormat, clientStream } from './client-format.js';
import { foldClient } from './domain/client.js';
import type { Client } from './domain/client.js';
import { mergeClients } from './domain/decide.js';
import type { ClientEvent, ClientsMerged } from './domain/events.js';
import { clientMerged, loadPerson } from './person.js';

export type MergeOutcome = Pick<Outcome<ClientEvent>, 'revision' | 'position'>;

export class MergeClients extends Command<MergeOutcome> {
  constructor(
    readonly merge: ClientsMerged,
    readonly request: CommandRequest,
  ) {
    super();
  }
}

/**
 * Merging touches two streams: the survivor's, which is told of the duplicate first, so that whoever may see
 * the survivor finds the duplicate's journeys, and the duplicate's own, which makes it true. Broken off in
 * between, the same request, or another one for the same merge, carries on where it stopped; what the
 * survivor's stream says alone means nothing.
 */
@CommandHandler(MergeClients)
export class MergeClientsHandler implements ICommandHandler<MergeClients> {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(CLIENT_ACCESS) private readonly access: ClientAccess,
  ) {}

  execute({ merge, request }: MergeClients): Promise<MergeOutcome> {
    const { survivorClientId, duplicateClientId } = merge;
    if (survivorClientId === duplicateClientId)
      return Promise.reject(new Refused('input', 'must-be-another-client', '/duplicateClientId'));
    const { ifMatch: _, ...anyRevision } = request;
    return this.record.running.once(request.commandId, async () => {
      const { revision } = await this.recordIn(survivorClientId, merge, request);
      const { position } = await this.recordIn(duplicateClientId, merge, anyRevision);
      return { revision, position };
    });
  }

  private recordIn(
    clientId: string,
    merge: ClientsMerged,
    request: CommandRequest,
  ): Promise<Outcome<ClientEvent>> {
    let areOne = false;
    return this.record.recorder.record<ClientEvent, Client>({
      stream: clientStream(clientId),
      format: clientFormat,
      fold: foldClient,
      request,
      subject: () => clientId,
      admit: async () => {
        areOne = await this.admit(merge, request);
      },
      decide: (client) => (areOne ? [] : mergeClients(merge, client)),
    });
  }

  /**
   * A supervisor of an office that keeps both merges clients, each of whom stands for a person of their own.
   * Gives whether the two are one person already.
   */
  private async admit(
    { survivorClientId, duplicateClientId }: ClientsMerged,
    { caller }: CommandRequest,
  ): Promise<boolean> {
    const [survivor, duplicate] = await Promise.all([
      this.seen(survivorClientId, caller),
      this.seen(duplicateClientId, caller),
    ]);
    if (!caller.roles.includes('supervisor')) throw new Refused('not-allowed', 'supervisors-only');
    if (!survivor.kept || !duplicate.kept) throw new Refused('not-allowed', 'not-the-owner');
    if (survivor.clientId !== survivorClientId) throw clientMerged(survivor.clientId);
    if (duplicate.clientId === survivorClientId) return true;
    if (duplicate.clientId !== duplicateClientId) throw clientMerged(duplicate.clientId);
    return false;
  }

  private async seen(
    clientId: string,
    viewer: CommandRequest['caller'],
  ): Promise<{ readonly clientId: string; readonly kept: boolean }> {
    const { client, erased } = await loadPerson(this.record.recorder, clientId);
    const granted = await this.access.grants(client, viewer, this.record.moment());
    if (client.stage === 'none' || erased || granted.length === 0) throw new NotVisible();
    return { clientId: client.clientId, kept: keeps(granted) };
  }
}
