import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import type { DemoIdentity } from './access/index.js';
import { CLIENT_ACCESS } from './clients/client-access.js';
import type { ClientAccess } from './clients/client-access.js';
import { ClientsModule } from './clients/clients.module.js';
import { HttpModule } from './http/index.js';
import type { HttpParts } from './http/index.js';
import { clientGrants, JourneysModule } from './journeys/index.js';
import { HealthModule } from './operations/health.module.js';
import { RECORD } from './record/index.js';
import type { Record } from './record/index.js';
import { RecordModule } from './record/record.module.js';
import type { RecordParts } from './record/record.module.js';
import { RegistersModule } from './registers/registers.module.js';

export type AppParts = HttpParts &
  RecordParts & {
    /** There in demo mode only. */
    readonly demo?: DemoIdentity;
  };

/** Who may see a client is decided by their journeys. */
@Module({})
class ClientAccessModule {
  static readonly access: DynamicModule = {
    module: ClientAccessModule,
    global: true,
    providers: [
      {
        provide: CLIENT_ACCESS,
        inject: [RECORD],
        useFactory: ({ recorder }: Record): ClientAccess => ({
          grants: (client, viewer, moment) => clientGrants(recorder, client, viewer, moment),
        }),
      },
    ],
    exports: [CLIENT_ACCESS],
  };
}

/** The composition root: the only file that knows every module. */
@Module({})
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        HttpModule.with(parts),
        AccessModule.with(parts.demo),
        HealthModule.with([{ name: 'event-store', check: async () => void (await parts.store.head()) }]),
        RecordModule.over(parts),
        ClientAccessModule.access,
        RegistersModule,
        ClientsModule,
        JourneysModule,
      ],
    };
  }
}
