import { Metadata, status, type ServiceError, type StatusObject } from '@grpc/grpc-js';

/** A gRPC status as the server sends it: what is wrong stands in the trailers, by name and with particulars. */
export interface Refusal {
  readonly code: status;
  readonly details: string;
  readonly exception?: Readonly<Record<string, string>>;
}

export const refusal = ({ code, details, exception = {} }: Refusal): ServiceError & StatusObject => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(exception)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const namelessStream: Refusal = {
  code: status.UNKNOWN,
  details: 'Exception was thrown by handler.',
};
