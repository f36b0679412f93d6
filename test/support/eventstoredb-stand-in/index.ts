import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as featuresTypes from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials, status, type handleUnaryCall } from '@grpc/grpc-js';
import { certificate, certificateKey } from './certificate.js';
import { handleAppend, handleBatchAppend } from './appends.js';
import { newFaults, type Faults } from './faults.js';
import { newLog, type InMemoryLog } from './log.js';
import { handleRead, type Silence } from './reads.js';
import { refusal } from './refusals.js';
import { startRelay, type Relay } from './relay.js';

export { newHold, type Fault } from './faults.js';
export { startRelay, type Relay } from './relay.js';

/**
 * A server for tests that speaks EventStoreDB's protocol, from the client's own service definitions, and
 * fails on command. It keeps its log in memory and is no store.
 */
export interface EventStoreDBStandIn {
  readonly connectionString: string;
  readonly log: InMemoryLog;
  readonly faults: Faults;
  /** What lies between the clients and the server. */
  readonly network: Relay;
  /** The subscriptions opened so far say nothing any more, and stay open. */
  silenceSubscriptions(): void;
  /** Ends every call at once and refuses connections, as `kill -9` does. */
  kill(): Promise<void>;
  /** Comes back on the same port with the same log, and without what it had only in memory. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface StandInOptions {
  /** Speaks TLS, with the certificate of `certificate.ts`. */
  readonly secure?: boolean;
  /** What it says its version is. */
  readonly version?: string;
}

export const startEventStoreDBStandIn = async ({
  secure = false,
  version = 'stand-in',
}: StandInOptions = {}): Promise<EventStoreDBStandIn> => {
  const log = newLog();
  const faults = newFaults();
  let silences = 0;
  const silence: Silence = {
    begin: () => {
      silences++;
    },
    watch: () => {
      const before = silences;
      return () => silences > before;
    },
  };

  let port = 0;
  let server: Server | undefined;
  const listen = async (): Promise<void> => {
    server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    server.addService(StreamsService, {
      append: handleAppend(log, faults),
      batchAppend: handleBatchAppend(log, faults),
      read: handleRead(log, faults, silence),
      delete: unimplemented,
      tombstone: unimplemented,
    });
    server.addService(ServerFeaturesService, { getSupportedMethods: supportedMethods(version) });
    port = await new Promise<number>((resolve, reject) =>
      server?.bindAsync(
        '127.0.0.1:0',
        secure ? tlsCredentials() : ServerCredentials.createInsecure(),
        (error, bound) => (error ? reject(error) : resolve(bound)),
      ),
    );
  };
  await listen();
  const network = await startRelay(() => port);

  return {
    connectionString: secure
      ? `esdb://kim:secret@127.0.0.1:${network.port}?tls=true`
      : `esdb://127.0.0.1:${network.port}?tls=false`,
    log,
    faults,
    network,
    silenceSubscriptions: () => silence.begin(),
    kill: () => {
      network.refuse();
      server?.forceShutdown();
      return Promise.resolve();
    },
    start: async () => {
      log.forgetIds();
      await listen();
      network.accept();
    },
    stop: async () => {
      await network.close();
      server?.forceShutdown();
    },
  };
};

const tlsCredentials = (): ServerCredentials =>
  ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(certificate), private_key: Buffer.from(certificateKey) },
  ]);

const unimplemented: handleUnaryCall<unknown, unknown> = (_, answer) =>
  answer(refusal({ code: status.UNIMPLEMENTED, details: 'The stand-in deletes nothing' }));

const supportedMethods =
  (version: string): handleUnaryCall<unknown, featuresTypes.SupportedMethods> =>
  (_, answer) => {
    const supported = new features.SupportedMethods().setEventStoreServerVersion(version);
    for (const method of ['append', 'batchappend', 'read'])
      supported.addMethods(
        new features.SupportedMethod()
          .setMethodName(method)
          .setServiceName('event_store.client.streams.streams'),
      );
    answer(null, supported);
  };
