import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Waits while the client takes nothing; false once it is gone. */
export const send = async (call: ReadCall, message: ReadResp): Promise<boolean> => {
  if (isGone(call)) return false;
  if (!call.write(message))
    await new Promise<void>((resolve) => {
      const go = (): void => {
        for (const event of ends) call.off(event, go);
        resolve();
      };
      for (const event of ends) call.on(event, go);
    });
  return !isGone(call);
};

const ends = ['drain', 'cancelled', 'close', 'error'] as const;

export const isGone = (call: ReadCall): boolean => call.cancelled || call.destroyed;
