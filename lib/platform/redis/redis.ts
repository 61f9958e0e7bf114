import { Redis, type RedisOptions } from 'ioredis';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';

/** An answer that takes longer will not come. */
const patienceMs = 1_000;
/** A connection on which nothing came back for this long is cut: a hung or cut-off Redis closes none by itself. */
const silenceMs = 2_000;

/** Whether this node shares anything with others, or is the only one. */
export const isShared = (): boolean => env().REDIS_URL !== '';

/** Shared, but Redis does not answer: every node goes on alone, and PostgreSQL has the truth. */
export const isDegraded = (): boolean => isShared() && redis()?.status !== 'ready';

/**
 * Asks Redis, or, where there is none, or it is away or fails, does without. Never throws what Redis threw.
 * @param otherwise what this node can tell alone
 */
export async function askRedis<Result>(
  ask: (redis: Redis) => Promise<Result>,
  otherwise: () => Result | Promise<Result>,
): Promise<Result> {
  const client = redis();
  if (client?.status !== 'ready') return otherwise();
  try {
    return await ask(client);
  } catch (error) {
    // A connection that went says so by itself.
    if (client.status === 'ready') log().warn({ reason: reasonOf(error) }, 'Redis did not do what it was asked.');
    return otherwise();
  }
}

/** Told each time a connection to Redis stands, the first one included. @returns what ends that */
export function whenRedisIsBack(then: () => void): () => void {
  const client = redis();
  client?.on('ready', then);
  return () => void client?.off('ready', then);
}

/** A connection of its own, which comes back by itself, for ever, and whose faults end nothing. */
export function connectRedis(options: RedisOptions): Redis {
  const client = new Redis(env().REDIS_URL, {
    // The adapter of Socket.IO reads replies in their old shape.
    protocol: 2,
    socketTimeout: silenceMs,
    connectTimeout: silenceMs,
    // With jitter: all nodes lose the same Redis at the same moment.
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1_000) * (0.75 + Math.random() / 2),
    ...options,
  });
  // Unheard, it would end the process.
  client.on('error', (error) => log().debug({ reason: reasonOf(error) }, 'A connection to Redis failed.'));
  return client;
}

/** Lets it be asked again after closeRedis. */
export function openRedis(): void {
  holder().closed = false;
}

/** What was asked is answered, if Redis is there; nothing more can be asked. */
export async function closeRedis(): Promise<void> {
  const { client, pulse } = holder();
  Object.assign(holder(), { client: undefined, closed: true });
  clearInterval(pulse);
  if (client?.status === 'ready') await client.quit().catch(() => {});
  client?.disconnect();
}

interface Held {
  client?: Redis;
  pulse?: NodeJS.Timeout;
  closed?: boolean;
}

const holder = () => processSingleton<Held>('redis', () => ({}));

/** For short questions: what cannot be asked at once fails at once. */
function redis(): Redis | null {
  const held = holder();
  if (!isShared() || held.closed) return null;
  held.client ??= open(held);
  return held.client;
}

function open(held: Held): Redis {
  const client = connectRedis({ enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: patienceMs });
  let away = false;
  let reason = 'its connection closed';
  client.on('error', (error) => {
    reason = reasonOf(error);
  });
  client.on('close', () => {
    if (!away && held.client === client) log().warn({ reason }, 'Redis is away: this node is degraded.');
    away = true;
  });
  client.on('ready', () => {
    if (away) log().info('Redis is back.');
    away = false;
  });
  // Asked without need, so that its silence is noticed when nobody asks.
  held.pulse = setInterval(() => client.status === 'ready' && client.ping().catch(() => {}), patienceMs).unref();
  return client;
}

/** Never the whole error: it carries the command, and so whose limit or presence was asked for. */
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
