import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
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
let isStopping = false;

const stop = async (): Promise<void> => {
  isStopping = true;
  for (const end of endings.splice(0).reverse()) await end();
};

const start = async (): Promise<void> => {
  const settings = loadSettings(process.env);
  // Before anything is opened or written.
  if (!settings.demo)
    throw new Error(
      'KIM_DEMO=true is missing: there is no signing in through an identity provider yet, so only the demo identity can be used.',
    );
  const demo = await demoIdentity(loadReferenceData().users, systemClock);
  const log = jsonLines((lines) => process.stdout.write(lines));
  await tryPlace(settings);
  const opening = openInstallation(settings, { notice: (what) => log('warn', what) });
  // Whoever stops while it is being opened closes it as soon as it is.
  endings.push(async () => (await opening.catch(() => undefined))?.close());
  const installation = await opening;
  if (!isStopping) await writeDemo(settings, installation, settings.demo.journeys);
  if (!isStopping) await serve(settings, installation, demo, log);
};

const writeDemo = async (
  { dataDirectory }: Settings,
  installation: Installation,
  journeys: number,
): Promise<void> => {
  const wanted = { journeys, seed: 1, until: berlinDay(new Date()) };
  const simulation = await demoSimulation(dataDirectory, installation.store, wanted);
  if (!simulation) return;
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
  await listening(place, () => app.listen(place.port, place.host));
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
    -H "Idempotency-Key: $RANDOM$RANDOM" -d '{"givenName":"Олена","familyName":"Мельник","birthDate":"1990-02-03"}'

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

// Before anything is started, so that whoever breaks off a start leaves nothing running either.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (isStopping) return;
    setTimeout(() => process.exit(0), patience).unref();
    stop().then(() => process.exit(0), fail);
  });

start().catch(async (error: unknown) => {
  // What was taken from under the start by stopping is no failure of it.
  if (isStopping) return;
  await stop().catch(() => undefined);
  fail(error);
});
