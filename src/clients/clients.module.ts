import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AddClientHandler, ChangeClientHandler } from './client-commands.js';
import { ReadClientHandler } from './client-queries.js';
import { MergeClientsHandler } from './merge-clients.js';
import { Matches } from './matches.js';
import { FindMatchesHandler } from './matches-query.js';
import { ClientsController } from './http/clients.controller.js';

@Module({
  imports: [CqrsModule],
  controllers: [ClientsController],
  providers: [
    AddClientHandler,
    ChangeClientHandler,
    MergeClientsHandler,
    ReadClientHandler,
    FindMatchesHandler,
    Matches,
  ],
})
export class ClientsModule {}
