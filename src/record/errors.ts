/** The Idempotency-Key was used by this caller for another request to the same address. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
}

/** The first request under this Idempotency-Key has not been answered yet. */
export class KeyRunning extends Error {
  override readonly name = 'KeyRunning';
}

/** The stream has moved on since the caller saw it (If-Match). */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
}

/** Something is to be recorded of a person whose key is gone, though the record holds events under it. */
export class SubjectKeyMissing extends Error {
  override readonly name = 'SubjectKeyMissing';
  /** For the operator: says what to do, and nothing of whom it is about. */
  readonly remedy =
    'The key of a person with recorded events is gone: unless the person was erased, the database with the keys is older than the event store and is to be restored to where that one stands.';
}

/** There is nothing at this address, or nothing that the caller may know of. */
export class NotVisible extends Error {
  override readonly name = 'NotVisible';
}

/** A decision said no: the `kind` tells how the contract answers, the `code` which rule it was. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly kind: 'state' | 'not-allowed' | 'input',
    readonly code: string,
    readonly pointer?: string,
    /** Further members of the answer. */
    readonly extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}
