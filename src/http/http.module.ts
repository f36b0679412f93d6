import type { KeyObject } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { TOKEN_VERIFIER, type TokenVerifier } from '../access/index.js';
import { CLOCK, type Clock } from './clock.js';
import { LOG, type Log } from './log.js';
import { createRegistry } from './metrics.js';
import { CURSOR_KEY } from './paging.js';
import { FINGERPRINT, type Fingerprint } from './shell.js';

export interface HttpParts {
  readonly clock: Clock;
  readonly verifier: TokenVerifier;
  readonly fingerprint: Fingerprint;
  readonly log: Log;
  /** 32 bytes: where lists go on is sealed under it. */
  readonly cursorKey: KeyObject;
}

/** What every module finds without importing it: the clock, the log, the metrics. */
@Module({})
export class HttpModule {
  static with({ clock, verifier, fingerprint, log, cursorKey }: HttpParts): DynamicModule {
    const providers = [
      { provide: CLOCK, useValue: clock },
      { provide: TOKEN_VERIFIER, useValue: verifier },
      { provide: FINGERPRINT, useValue: fingerprint },
      { provide: LOG, useValue: log },
      { provide: CURSOR_KEY, useValue: cursorKey },
      { provide: Registry, useFactory: createRegistry },
    ];
    return { module: HttpModule, global: true, providers, exports: providers };
  }
}
