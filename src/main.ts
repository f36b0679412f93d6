import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import type { FastifyInstance } from 'fastify';
import { demoIdentity, rememberingTokens } from './access/index.js';
import type { DemoIdentity } from './access/index.js';
import { partsOf } from './app-parts.js';
import { AppModule } from './app.module.js';
import { loadSettings, SettingsInvalid } from './config/index.js';
import type { Settings } from './config/index.js';
import { demoSimulation, demoWritten } from './demo.js';
import { createApplication, jsonLines, systemClock } from './http/index.js';
import type { Log } from './http/index.js';
import { openInstallation } from './installation.js';
import type { Installation } from './installation.js';
import { DeadlineRunner } from './journeys/index.js';
import { addressOf, listening, tryPlace } from './listening.js';
import type { Place } from './listening.js';
import { berlinDay, loadReferenceData } from './reference/index.js';
import { writeSimulation } from './write-simulation.js';

// Left alone, V8 lets the garbage of a busy hour grow to four times what is in use before it collects; this is twice.
setFlagsFromString('--heap-growing-percent=100');

/** Ends what was started so far, the latest first. */
const endings: (() => Promise<unknown>)[] = [];
const stopping = new AbortController();

const stop = async (): Promise<void> => {
  stopping.abort();
  for (const end of endings.splice(0).reverse()) await end();
};

const start = async (): Promise<void> => {
  const settings = loadSettings(process.env);
  // Before anything is opened or written.
  if (!settings.demo)
    throw new Error(
      'There is no signing in through an identity provider yet: what KIM_OIDC_ISSUER names cannot be used, and this version is for trying it out on one machine only.',
    );
  const demo = await demoIdentity(loadReferenceData().users, systemClock);
  const log = jsonLines((lines) => process.stdout.write(lines));
  await tryPlace(settings);
  const opening = openInstallation(settings, {
    notice: (what) => log('warn', what),
    signal: stopping.signal,
  });
  // Whoever stops while it is being opened closes it as soon as it is.
  endings.push(async () => (await opening.catch(() => undefined))?.close());
  const installation = await opening;
  if (!stopping.signal.aborted) await writeDemo(settings, installation, settings.demo.journeys);
  if (!stopping.signal.aborted) await serve(settings, installation, demo, log);
};

const writeDemo = async (settings: Settings, installation: Installation, journeys: number): Promise<void> => {
  const { dataDirectory } = settings;
  const wanted = { journeys, seed: 1, until: berlinDay(new Date()) };
  const simulation = await demoSimulation(dataDirectory, installation.store, wanted);
  if (!simulation) return;
  // Opening took a while, and writing takes longer: another start may be listening there by now.
  await tryPlace(settings);
  await writeSimulation(installation, simulation);
  await demoWritten(dataDirectory, simulation);
};

const serve = async (place: Place, installation: Installation, demo: DemoIdentity, log: Log) => {
  const parts = partsOf(installation, {
    clock: systemClock,
    verifier: rememberingTokens(demo, systemClock),
    log,
    demo,
  });
  const app = await createApplication(AppModule.with(parts), log);
  endings.push(() => app.close());
  await app.init();
  // Nest's own `listen` would print the error of a port that is taken before the sentence about it is.
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  await listening(place, () => server.listen({ port: place.port, host: place.host }));
  const { port } = app.getHttpServer().address() as AddressInfo;
  app.get(DeadlineRunner).start();
  console.log(welcome(addressOf({ host: place.host, port }), demo));
};

const welcome = (address: string, { users }: DemoIdentity): string => `
KIM Journeys is running at ${address} with invented people. Look around at ${address}/docs

Demo users: ${users.map(({ username }) => username).join(', ')}

Three commands to try:

  TOKEN=$(curl -s '${address}/demo/tokens' -H 'Content-Type: application/json' -d '{"username":"bergkamen-cm"}' | sed 's/.*:"\\(.*\\)".*/\\1/')

  curl -s '${address}/v1/journeys?owner=me&due=overdue' -H "Authorization: Bearer $TOKEN"

  curl -s '${address}/v1/clients' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -H "Idempotency-Key: $(od -An -N8 -tx8 /dev/urandom)" -d '{"givenName":"Олена","familyName":"Мельник","birthDate":"1990-02-03"}'

Ctrl-C ends it, with everything that it has started.
`;

const fail = (error: unknown): never => {
  console.error(
    error instanceof SettingsInvalid || error instanceof Error ? error.message : 'Unknown failure',
  );
  process.exit(1);
};

/** A start that cannot be broken off is not waited for any longer: its database ends by itself. In milliseconds. */
const patience = 10_000;

const end = (): void => {
  if (stopping.signal.aborted) return;
  setTimeout(() => process.exit(0), patience).unref();
  stop().then(() => process.exit(0), fail);
};

// Before anything is started, so that whoever breaks off a start leaves nothing running either.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

// Whoever reads what is printed has gone, as in `npm start | head -2`. Every other program in a pipeline ends then
// (Node alone ignores SIGPIPE), and whoever supervises a service starts it again with a log that is read; going on would
// leave one that nobody sees. So it ends, in order and without an error, as on SIGTERM. A line that cannot be
// written for another reason, such as a full disk, is no reason to end.
for (const output of [process.stdout, process.stderr])
  output.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') end();
  });

start().catch(async (error: unknown) => {
  // What was taken from under the start by stopping is no failure of it.
  if (stopping.signal.aborted) return;
  await stop().catch(() => undefined);
  fail(error);
});
