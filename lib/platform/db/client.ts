import pg from 'pg';

/**
 * A connection outside the pool. The caller connects and ends it. When it breaks, the running query rejects. pg also emits `error`,
 * which without a listener would end the process.
 */
export function openClient(options: pg.ClientConfig): pg.Client {
  const client = new pg.Client(options);
  client.on('error', () => {});
  return client;
}
