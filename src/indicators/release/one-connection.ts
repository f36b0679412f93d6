import type pg from 'pg';

/** Does work that takes one connection for itself, which is closed afterwards, and whatever was begun on it with it. */
export const onOneConnection = async <T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  // Without a listener a connection that breaks between two statements would end the process.
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.release(true);
  }
};
