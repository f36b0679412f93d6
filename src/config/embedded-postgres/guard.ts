import { isRunning, processName } from '#scripts/folder-lock.mjs';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Layout } from './layout.js';

/**
 * Watches, as a small process of its own, whether anybody who uses the server still lives. Whoever is killed
 * cannot say goodbye: when nobody has been there for some seconds, the guard ends the server, unless by then
 * somebody has come (which is decided under the lock, by `release-unheld`).
 */
const script = `
missed=0
while sleep 1; do
  missed=$((missed + 1))
  [ -d "$1" ] || { kill -QUIT "\${server%%.*}"; exit; }
  read -r server <"$5"
  for holder in "$1"/*; do
    name=\${holder##*/}
    kill -0 "\${name%%.*}" 2>/dev/null && missed=0
  done
  if [ $missed -ge 5 ]; then "$2" "$3" "$4" && exit; missed=0; fi
done
`;

export const ensureGuard = async (layout: Layout): Promise<void> => {
  if (isRunning(await readFile(layout.guard, 'utf8').catch(() => ''))) return;
  const release = fileURLToPath(new URL('release-unheld.js', import.meta.url));
  const guard = spawn(
    'sh',
    [
      '-c',
      script,
      'kim-postgres-guard',
      layout.holders,
      process.execPath,
      release,
      layout.dataDirectory,
      layout.process,
    ],
    { cwd: '/', detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'] } },
  );
  await new Promise((started, failed) => guard.once('spawn', started).once('error', failed));
  guard.unref();
  await writeFile(layout.guard, processName(guard.pid ?? 0));
};

export const endGuard = async (layout: Layout): Promise<void> => {
  const name = await readFile(layout.guard, 'utf8').catch(() => '');
  if (isRunning(name)) process.kill(-Number.parseInt(name, 10), 'SIGKILL');
};
