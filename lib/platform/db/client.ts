import pg from 'pg';

/**
 * A connection outside the pool, to be connected and ended by its owner. When it breaks the query that fails tells; the event beside
 * that, unheard, would end the process.
 */
export function openClient(options: pg.ClientConfig): pg.Client {
  const client = new pg.Client(options);
  client.on('error', () => {});
  return client;
}
