import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { playAdversary } from './indicators/adversary/program.js';

/** `npm run adversary -- --seeds N --journeys N`: ends with 1 where one of our small counts is pinned down. */
const asked = (): readonly number[] => {
  try {
    const { values } = parseArgs({
      options: { seeds: { type: 'string', default: '1000' }, journeys: { type: 'string', default: '3000' } },
    });
    return [values.seeds, values.journeys].map(Number);
  } catch {
    return [];
  }
};
const wanted = asked();
if (wanted.length === 0 || wanted.some((number) => !Number.isSafeInteger(number) || number < 1)) {
  console.error('npm run adversary -- --seeds N --journeys N takes whole numbers from 1.');
  process.exit(1);
}
const [seeds = 1, journeys = 1] = wanted;
const bar = new cliProgress.SingleBar(
  {
    format: '{bar} {percentage}% | {value} of {total} worlds | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  },
  cliProgress.Presets.shades_classic,
);
const report = await playAdversary({ seeds, journeys }, (done, total) => {
  if (!bar.isActive) bar.start(total, done);
  bar.update(done);
});
bar.stop();

console.log('Small worlds, every population gone through (small counts pinned down):');
for (const { change, worlds, naive, ours, examples } of report.smallWorlds) {
  console.log(
    `  ${change.padEnd(7)} ${worlds} worlds: naive ${naive.pinned} of ${naive.small}, ours ${ours.pinned} of ${ours.small} (${ours.withheld} figures withheld first)`,
  );
  for (const example of examples.naive) console.log(`    naive: ${example}`);
  for (const example of examples.ours) console.log(`    OURS: ${example}`);
}
const { largeWorld, allButOne } = report;
console.log(
  `One world of ${largeWorld.journeys} journeys, all indicators and breakdowns of releases one after the other, each with all before:`,
);
for (const release of largeWorld.releases) {
  console.log(
    `  ${release.release} naive: ${release.naivePinned} of ${release.smallCounts} small counts pinned down, such as`,
  );
  for (const example of release.examples) console.log(`    ${example}`);
  console.log(
    `  ${release.release} ours: ${release.pinned} by differencing, ${release.pinnedByPrograms} of ${release.askedOfPrograms} by integer programs; ${release.withheld} figures withheld`,
  );
  for (const example of release.ownExamples) console.log(`    OURS: ${example}`);
}
const percent = (part: number): string => `${((100 * part) / Math.max(1, allButOne.asked)).toFixed(1)} %`;
console.log('Knowing everyone but one (reported apart, not the pass mark):');
console.log(
  `  whether that one is counted is told for certain, of all who are: naive ${percent(allButOne.naive)}, ours ${percent(allButOne.ours)}`,
);

const failed =
  largeWorld.releases.reduce((sum, { pinned, pinnedByPrograms }) => sum + pinned + pinnedByPrograms, 0) +
  report.smallWorlds.reduce((sum, { ours }) => sum + ours.pinned, 0);
if (failed > 0) {
  console.error(`${failed} small counts of ours were pinned down.`);
  process.exitCode = 1;
}
