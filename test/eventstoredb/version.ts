import type { EventStoreDBClient } from '@eventstore/db-client';

/** The version that a server gives as its own. */
export const versionOf = async (client: EventStoreDBClient): Promise<string> => {
  const { capabilities } = client as unknown as { capabilities: Promise<{ serverVersion: string }> };
  return (await capabilities).serverVersion;
};
