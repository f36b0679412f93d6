import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import cliProgress from 'cli-progress';
import { deriveKey, fingerprint } from '#personal-data';
import { AppModule } from './app.module.js';
import type { Installation } from './installation.js';
import { REFERENCE_DATA } from './reference/index.js';
import type { ReferenceData } from './reference/index.js';
import { simulate, simulatedClock } from './simulation/index.js';
import type { Simulation } from './simulation/index.js';

/** Writes synthetic journeys into an installation, with a progress bar on standard error. */
export const writeSimulation = async (
  { store, keys, masterKey }: Installation,
  simulation: Simulation,
): Promise<{ readonly commands: number }> => {
  const clock = simulatedClock();
  const fingerprintKey = deriveKey(masterKey, 'fingerprint');
  const app = await NestFactory.createApplicationContext(
    AppModule.with({
      store,
      keys,
      clock,
      verifier: { verify: () => Promise.resolve(undefined) },
      fingerprint: (body) => fingerprint(fingerprintKey, body),
      log: () => undefined,
      cursorKey: deriveKey(masterKey, 'cursor'),
    }),
    { logger: false },
  );
  const bar = new cliProgress.SingleBar(
    {
      format:
        'Writing synthetic journeys {bar} {percentage}% | {value} of {total} commands | {eta_formatted} left',
    },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  try {
    return await simulate(simulation, {
      commands: app.get(CommandBus),
      clock,
      reference: app.get<ReferenceData>(REFERENCE_DATA),
      onProgress: (done, total) => {
        if (started) bar.update(done);
        else bar.start(total, done);
        started = true;
      },
    });
  } finally {
    if (started) bar.stop();
    clock.stop();
    await app.close();
  }
};
