import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import cliProgress from 'cli-progress';
import { partsOf } from './app-parts.js';
import { AppModule } from './app.module.js';
import { READ_HANDOVER } from './handover-desk/index.js';
import type { HandoverReader } from './handover-desk/index.js';
import type { Installation } from './installation.js';
import { REFERENCE_DATA } from './reference/index.js';
import type { ReferenceData } from './reference/index.js';
import { simulate, simulatedClock } from './simulation/index.js';
import type { Simulation } from './simulation/index.js';

/** Writes synthetic journeys into an installation, with a progress bar on standard error. */
export const writeSimulation = async (
  installation: Installation,
  simulation: Simulation,
): Promise<{ readonly commands: number; readonly refused: number }> => {
  const clock = simulatedClock();
  const parts = partsOf(installation, {
    clock,
    verifier: { verify: () => Promise.resolve(undefined) },
    log: () => undefined,
  });
  const app = await NestFactory.createApplicationContext(AppModule.with(parts), { logger: false });
  const bar = new cliProgress.SingleBar(
    {
      format:
        'Writing synthetic journeys {bar} {percentage}% | {value} of {total} commands | {eta_formatted} left',
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
    cliProgress.Presets.shades_classic,
  );
  try {
    return await simulate(simulation, {
      commands: app.get(CommandBus),
      clock,
      reference: app.get<ReferenceData>(REFERENCE_DATA),
      packageHash: async (journeyId, handoverId, viewer) => {
        const question = { journeyId, handoverId, viewer, purpose: 'handover' };
        const { body } = await app.get<HandoverReader>(READ_HANDOVER)(question);
        return body['packageHash'] as string | undefined;
      },
      onProgress: (done, total) => {
        if (!bar.isActive) bar.start(total, done);
        bar.update(done);
      },
    });
  } finally {
    bar.stop();
    clock.stop();
    await app.close();
  }
};
