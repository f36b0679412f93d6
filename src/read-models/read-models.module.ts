import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Registry } from 'prom-client';
import { measureProjections } from './metrics.js';
import { READ_MODELS } from './read-models.js';
import type { ReadModels } from './read-models.js';

/** Feeds the read models for as long as the application runs. */
@Module({})
export class ReadModelsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(Registry) registry: Registry,
  ) {
    measureProjections(registry, readModels);
  }

  static over(readModels: ReadModels): DynamicModule {
    return {
      module: ReadModelsModule,
      global: true,
      providers: [{ provide: READ_MODELS, useValue: readModels }],
      exports: [READ_MODELS],
    };
  }

  onApplicationBootstrap(): void {
    this.readModels.projections.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.readModels.projections.stop();
  }
}
