/**
 * This EventStoreDB cannot be worked with, and waiting would not help: the connection string, the credentials,
 * the certificate, or what the store holds. The message is one sentence that says what to do.
 */
export class UnsuitableStore extends Error {
  override readonly name = 'UnsuitableStore';
}
