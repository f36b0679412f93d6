import type { KeyObject } from 'node:crypto';
import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import type { Projection } from '#projections';
import { AccessModule } from './access/access.module.js';
import type { DemoIdentity } from './access/index.js';
import { CaseloadModule } from './caseload/caseload.module.js';
import {
  CLIENT_NAMES,
  CLIENT_SEARCH,
  referralsProjection,
  SEEN_CLIENT,
  worklistProjection,
} from './caseload/index.js';
import type { ClientNames, ClientSearch, SeenClient } from './caseload/index.js';
import { CLIENT_ACCESS } from './clients/client-access.js';
import type { ClientAccess } from './clients/client-access.js';
import { ClientsModule } from './clients/clients.module.js';
import { CLIENT_DIRECTORY, clientsProjection, findClientIds, namesOf } from './clients/index.js';
import type { Directory } from './clients/index.js';
import { HttpModule } from './http/index.js';
import { IndicatorsModule } from './indicators/indicators.module.js';
import { journeyFactsProjection, personFactsProjection } from './indicators/index.js';
import type { FactContext } from './indicators/index.js';
import type { HttpParts } from './http/index.js';
import { HandoverDeskModule } from './handover-desk/handover-desk.module.js';
import { findDue, handoversProjection, READ_HANDOVER } from './handover-desk/index.js';
import type { HandoverReader } from './handover-desk/index.js';
import {
  clientGrants,
  clientOfJourney,
  deadlinesOf,
  DUE_HANDOVERS,
  JourneysModule,
  readHandover,
} from './journeys/index.js';
import type { FindDueHandovers } from './journeys/index.js';
import { HealthModule } from './operations/health.module.js';
import type { PartFacts } from './operations/health.js';
import { StoreMetricsModule } from './operations/store-metrics.module.js';
import type { WatchedStore } from './operations/store-metrics.module.js';
import { measure, READ_MODELS, views } from './read-models/index.js';
import type { CaseEvent, ReadModels } from './read-models/index.js';
import { ReadModelsModule } from './read-models/read-models.module.js';
import { RECORD } from './record/index.js';
import type { Record } from './record/index.js';
import { RecordModule } from './record/record.module.js';
import type { RecordParts } from './record/record.module.js';
import { REFERENCE_DATA, ReferenceModule } from './reference/index.js';
import type { ReferenceData } from './reference/index.js';
import { RegistersModule } from './registers/registers.module.js';

export type AppParts = HttpParts &
  RecordParts &
  WatchedStore & {
    readonly readModels: ReadModels;
    /** Under which names are hashed for finding them again. */
    readonly searchKey: KeyObject;
    /** There in demo mode only. */
    readonly demo?: DemoIdentity;
  };

/** Everything that is folded into views. */
export const projections = (
  searchKey: KeyObject,
  reference: ReferenceData,
  factContext: FactContext,
): readonly Projection<CaseEvent>[] => {
  const deadlines = deadlinesOf(reference);
  return [
    clientsProjection(searchKey),
    worklistProjection(deadlines),
    referralsProjection(deadlines),
    handoversProjection(deadlines),
    personFactsProjection(factContext),
    journeyFactsProjection(factContext),
  ];
};

/** What one module asks of another without knowing it. */
const links: FactoryProvider[] = [
  {
    provide: CLIENT_ACCESS,
    inject: [RECORD],
    useFactory: ({ recorder }: Record): ClientAccess => ({
      grants: (client, viewer, moment) => clientGrants(recorder, client, viewer, moment),
    }),
  },
  {
    provide: SEEN_CLIENT,
    inject: [RECORD],
    useFactory:
      ({ recorder, moment }: Record): SeenClient =>
      async (journeyId, viewer) => {
        const client = await clientOfJourney(recorder, journeyId, viewer, moment());
        return client && 'erased' in client ? {} : client;
      },
  },
  {
    provide: DUE_HANDOVERS,
    inject: [READ_MODELS],
    useFactory:
      (readModels: ReadModels): FindDueHandovers =>
      (today) =>
        findDue(readModels, today),
  },
  {
    provide: READ_HANDOVER,
    inject: [RECORD, REFERENCE_DATA],
    useFactory:
      (record: Record, reference: ReferenceData): HandoverReader =>
      (question) =>
        readHandover(record, deadlinesOf(reference), question),
  },
  {
    provide: CLIENT_NAMES,
    inject: [CLIENT_DIRECTORY, READ_MODELS],
    useFactory:
      (directory: Directory, { ready }: ReadModels): ClientNames =>
      async (clientIds, minPosition) => {
        await ready('clients', minPosition);
        return namesOf(directory, clientIds);
      },
  },
  {
    provide: CLIENT_SEARCH,
    inject: [CLIENT_DIRECTORY, READ_MODELS],
    useFactory: (directory: Directory, { ready }: ReadModels): ClientSearch => ({
      find: (q, among) => findClientIds(directory, q, among),
      ready: (minPosition) => ready('clients', minPosition),
    }),
  },
];

@Module({})
class LinksModule {
  static with({ searchKey }: AppParts): DynamicModule {
    const directory: FactoryProvider<Directory> = {
      provide: CLIENT_DIRECTORY,
      inject: [READ_MODELS],
      useFactory: ({ pool, keys, atHead }: ReadModels) => ({
        pool,
        schema: views,
        keys,
        searchKey,
        atHead: () => atHead('clients'),
      }),
    };
    const providers = [directory, ...links];
    return {
      module: LinksModule,
      global: true,
      imports: [ReferenceModule],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}

const storeFacts = ({ store, storeWatch }: WatchedStore): PartFacts => {
  const { kind, version } = store.server;
  const { lastError } = storeWatch.state();
  return { kind, ...(version !== undefined && { version }), ...(lastError !== undefined && { lastError }) };
};

/** The composition root: the only file that knows every module. */
@Module({})
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        HttpModule.with(parts),
        AccessModule.with(parts.demo),
        HealthModule.with([
          {
            name: 'event-store',
            check: async () => {
              await parts.store.head();
            },
            facts: () => storeFacts(parts),
          },
          {
            name: 'database',
            check: async () => {
              await parts.readModels.pool.query('SELECT');
            },
          },
        ]),
        StoreMetricsModule.over(parts, measure),
        RecordModule.over(parts),
        ReadModelsModule.over(parts.readModels),
        LinksModule.with(parts),
        RegistersModule,
        ClientsModule,
        JourneysModule,
        CaseloadModule,
        IndicatorsModule,
        HandoverDeskModule,
      ],
    };
  }
}
