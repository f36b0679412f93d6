// Runs the measurements named on the command line, or all of them, and prints one table each.
// What they compare with is installed here on the first run and is no dependency of the product.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const scenarios = {
  appends: './appends.mjs',
  projections: './projections.mjs',
  views: './views.mjs',
  commands: './commands.mjs',
  loading: './loading.mjs',
  start: './start.mjs',
  disclosure: './disclosure.mjs',
  eventstoredb: './eventstoredb.mjs',
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in scenarios));
if (unknown.length > 0) {
  console.error(
    `There is no measurement ${unknown.join(', ')}; there are: ${Object.keys(scenarios).join(', ')}.`,
  );
  process.exit(1);
}
if (!existsSync(`${here}node_modules`)) execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit' });

for (const name of asked.length > 0 ? asked : Object.keys(scenarios)) {
  const { title, measure } = await import(scenarios[name]);
  console.log(`\n${title}`);
  const result = await measure(
    (progress) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${progress}`),
  );
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.table(Object.fromEntries(result.rows.map(({ what, ...figures }) => [what, figures])));
  for (const line of result.findings) console.log(line);
  mkdirSync(`${here}results`, { recursive: true });
  const machine = { processor: cpus()[0].model, cores: cpus().length, node: process.version };
  const record = { name, title, measuredAt: new Date().toISOString(), machine, ...result };
  writeFileSync(`${here}results/${name}.json`, `${JSON.stringify(record, null, 2)}\n`);
}
