import { Module } from '@nestjs/common';
import { ReferenceModule } from '../reference/index.js';
import { RegistersController } from './registers.controller.js';

@Module({ imports: [ReferenceModule], controllers: [RegistersController] })
export class RegistersModule {}
