import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { EventStore } from '#event-store';
import type { SubjectKeys } from '#personal-data';
import { berlinDay } from '../reference/index.js';
import { createRecorder, createRunningCommands, RECORD } from './index.js';
import type { Record } from './index.js';

export interface RecordParts {
  readonly store: EventStore;
  readonly keys: SubjectKeys;
  readonly clock: { now(): Date };
}

@Module({})
export class RecordModule {
  static over({ store, keys, clock }: RecordParts): DynamicModule {
    const record: Record = {
      recorder: createRecorder(store, keys, clock),
      running: createRunningCommands(),
      moment: () => {
        const now = clock.now();
        return { now: now.toISOString(), today: berlinDay(now) };
      },
    };
    return {
      module: RecordModule,
      global: true,
      providers: [{ provide: RECORD, useValue: record }],
      exports: [RECORD],
    };
  }
}
