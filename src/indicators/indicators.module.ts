import { Module } from '@nestjs/common';
import { READ_MODELS, type ReadModels } from '../read-models/index.js';
import { ReferenceModule } from '../reference/index.js';
import { IndicatorsController, POPULATION, RELEASES } from './http/indicators.controller.js';
import { loadPopulation } from './population.js';
import { releaseStore } from './release/release-store.js';

@Module({
  imports: [ReferenceModule],
  controllers: [IndicatorsController],
  providers: [
    {
      provide: RELEASES,
      inject: [READ_MODELS],
      useFactory: ({ pool }: ReadModels) => releaseStore(pool),
    },
    { provide: POPULATION, useFactory: () => loadPopulation() },
  ],
})
export class IndicatorsModule {}
