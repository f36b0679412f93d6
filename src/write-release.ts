import cliProgress from 'cli-progress';
import { deriveKey } from '#personal-data';
import { partsOf } from './app-parts.js';
import type { Settings } from './config/index.js';
import { systemClock } from './http/index.js';
import { bringFactsToHead, freezeRelease, openReleaseLedger } from './indicators/index.js';
import type { Installation } from './installation.js';
import { views } from './read-models/index.js';
import { berlinDay, loadReferenceData } from './reference/index.js';

/** Milliseconds until the facts have to have come to the log's head. */
const patience = 30 * 60_000;

/** Freezes the release of a quarter, with a progress bar on standard error. */
export const writeRelease = async (
  installation: Installation,
  settings: Settings,
  name: string,
): Promise<void> => {
  const { store, database, masterKey } = installation;
  const { readModels } = partsOf(installation, {
    clock: systemClock,
    verifier: { verify: () => Promise.resolve(undefined) },
    log: () => undefined,
  });
  const bar = new cliProgress.SingleBar(
    {
      format: `${name} {bar} {percentage}% | {value} of {total} steps | {eta_formatted} left`,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
    cliProgress.Presets.shades_classic,
  );
  const factsAtHead = (): Promise<void> =>
    bringFactsToHead(readModels.projections, store, { patienceMs: patience });
  try {
    const ledger = await openReleaseLedger(settings, (sentence) => console.error(sentence));
    const { release, smallCounts, withheld } = await freezeRelease(name, {
      pool: database,
      schema: views,
      ledger,
      reference: loadReferenceData(),
      recordKeySecret: deriveKey(masterKey, 'record-key'),
      countsKey: deriveKey(masterKey, 'release-counts'),
      factsAtHead,
      now: () => {
        const now = systemClock.now();
        return { instant: now.toISOString(), today: berlinDay(now) };
      },
      onProgress: (done, total) => {
        if (!bar.isActive) bar.start(total, done);
        bar.update(done);
      },
      warn: (sentence) => console.error(sentence),
    });
    bar.stop();
    const { hash, safety, attackedWith } = release;
    const hidden = safety.reduce((total, { hiddenForOthers }) => total + hiddenForOthers, 0);
    console.log(
      `${name} is frozen. Attacked: ${smallCounts} small counts, none pinned down; ` +
        `${withheld} figures withheld for them, ${hidden} more hidden in public tables.`,
    );
    if (attackedWith.length > 0) console.log(`Attacked together with ${attackedWith.join(', ')}.`);
    for (const { indicator, coarsened } of safety)
      for (const { by, readBy } of coarsened)
        console.log(
          `Not released of ${indicator}: ${by.join()}; read by ${readBy.join() || 'nothing, the total,'} instead.`,
        );
    console.log(`SHA-256 ${hash}`);
  } finally {
    bar.stop();
    await readModels.projections.stop();
  }
};
