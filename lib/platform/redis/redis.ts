import { Redis, type RedisOptions } from 'ioredis';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** Commands fail after this time. */
const timeoutMs = 1_000;
/** A connection without any reply for this long is closed, because a hung or unreachable Redis does not close it. */
const socketTimeoutMs = 2_000;

/** Whether REDIS_URL is set, so this node may be one of several. */
export const isShared = (): boolean => env().REDIS_URL !== '';

/** Whether Redis is configured but unavailable. Nodes then work on their own, and PostgreSQL remains the source of truth. */
export const isDegraded = (): boolean => isShared() && redis()?.status !== 'ready';

/**
 * Runs a command on Redis, with a fallback when Redis is not configured, unavailable or fails. Errors of Redis are logged, not thrown.
 * @param fallback computes the result from this node's own state
 */
export async function withRedis<Result>(
  command: (redis: Redis) => Promise<Result>,
  fallback: () => Result | Promise<Result>,
): Promise<Result> {
  const client = redis();
  if (client?.status !== 'ready') return fallback();
  try {
    return await command(client);
  } catch (error) {
    // A lost connection is logged by its `close` event.
    if (client.status === 'ready') log().warn({ reason: reasonOf(error) }, 'A Redis command failed.');
    return fallback();
  }
}

/** Calls back each time the connection to Redis is ready, including the first time. @returns unsubscribes */
export function onRedisReady(callback: () => void): () => void {
  const client = redis();
  client?.on('ready', callback);
  return () => void client?.off('ready', callback);
}

/** Opens a separate connection, which reconnects for ever and never ends the process by an error. */
export function connectRedis(options: RedisOptions): Redis {
  const client = new Redis(env().REDIS_URL, {
    // Socket.IO's adapter parses RESP2 replies.
    protocol: 2,
    socketTimeout: socketTimeoutMs,
    connectTimeout: socketTimeoutMs,
    // With jitter, because all nodes lose Redis at the same moment.
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1_000) * (0.75 + Math.random() / 2),
    ...options,
  });
  // Without a listener, the event would end the process.
  client.on('error', (error) => log().debug({ reason: reasonOf(error) }, 'A connection to Redis failed.'));
  return client;
}

/** Allows connections again after closeRedis(). */
export function openRedis(): void {
  connection().closed = false;
}

/** Closes the connection after the commands in flight, and prevents new ones. */
export async function closeRedis(): Promise<void> {
  const { client, pingTimer } = connection();
  Object.assign(connection(), { client: undefined, closed: true });
  clearInterval(pingTimer);
  if (client?.status === 'ready') await client.quit().catch(() => {});
  client?.disconnect();
}

interface Connection {
  client?: Redis;
  pingTimer?: NodeJS.Timeout;
  closed?: boolean;
}

const connection = () => processSingleton<Connection>('redis', () => ({}));

/** The shared connection for short commands, which fail at once while it is down. */
function redis(): Redis | null {
  const state = connection();
  if (!isShared() || state.closed) return null;
  state.client ??= open(state);
  return state.client;
}

function open(state: Connection): Redis {
  const client = connectRedis({ enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: timeoutMs });
  let isDown = false;
  let reason = 'its connection closed';
  client.on('error', (error) => {
    reason = reasonOf(error);
  });
  client.on('close', () => {
    if (!isDown && state.client === client) log().warn({ reason }, 'Redis is unavailable: this node is degraded.');
    isDown = true;
  });
  client.on('ready', () => {
    if (isDown) log().info('Redis is back.');
    isDown = false;
  });
  // A regular ping detects a hung connection while there is no other traffic.
  state.pingTimer = setInterval(() => client.status === 'ready' && client.ping().catch(() => {}), timeoutMs).unref();
  return client;
}

/** Only the message, because the error object contains the command and with it user ids. */
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
