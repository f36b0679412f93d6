import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AddClientHandler, ChangeClientHandler } from './client-commands.js';
import { ReadClientHandler } from './client-queries.js';
import { ClientsController } from './http/clients.controller.js';

@Module({
  imports: [CqrsModule],
  controllers: [ClientsController],
  providers: [AddClientHandler, ChangeClientHandler, ReadClientHandler],
})
export class ClientsModule {}
