import { Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { TOKEN_VERIFIER, type TokenVerifier } from '../access/index.js';
import { CLOCK, type Clock } from './clock.js';
import { LOG, type Log } from './log.js';
import { createRegistry } from './metrics.js';
import { FINGERPRINT, type Fingerprint } from './shell.js';

export interface HttpParts {
  readonly clock: Clock;
  readonly verifier: TokenVerifier;
  readonly fingerprint: Fingerprint;
  readonly log: Log;
}

/** What every module finds without importing it: the clock, the log, the metrics. */
@Module({})
export class HttpModule {
  static with({ clock, verifier, fingerprint, log }: HttpParts): DynamicModule {
    const providers = [
      { provide: CLOCK, useValue: clock },
      { provide: TOKEN_VERIFIER, useValue: verifier },
      { provide: FINGERPRINT, useValue: fingerprint },
      { provide: LOG, useValue: log },
      { provide: Registry, useFactory: createRegistry },
    ];
    return { module: HttpModule, global: true, providers, exports: providers };
  }
}
