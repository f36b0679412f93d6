import { Module } from '@nestjs/common';
import { HandoverDesk } from './desk.js';
import { HandoverDeskController } from './http/handover-desk.controller.js';

@Module({ controllers: [HandoverDeskController], providers: [HandoverDesk] })
export class HandoverDeskModule {}
