import type { PresenceStore } from '@/lib/domain/presence/memory-store';
import { MissedChanges } from '@/lib/domain/presence/missed-changes';
import { chooseScript, goneScript, offScript, onScript, statusesScript } from '@/lib/domain/presence/redis-scripts';
import type { Availability, Status } from '@/lib/domain/presence/schema';
import { offlineAfterMs } from '@/lib/domain/presence/schema';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { onRedisReady, withRedis } from '@/lib/platform/redis/redis';

/** A device expires this long after its node last renewed it. */
const deviceExpiresMs = 35_000;
/**
 * Interval of the renewals. A node also looks for expired devices of other nodes, so a dead node's people are offline within 45
 * s.
 */
const renewEveryMs = 10_000;
const checkEveryMs = 5_000;
/** Redis may come back empty, or to one node before another. During this time nobody goes offline who was not offline before. */
const settlingMs = 5_000;

const peopleKey = 'parley:presence';
const personPrefix = 'parley:presence:';
const batchLength = 300;
const maxRemembered = 20_000;

/** Receives the changes that this store detects itself. */
export interface PresenceListener {
  /** A person went offline. It is called on one node only. */
  gone(userId: string): void;
  /** Others may have seen an outdated status of this person. */
  changed(userId: string): void;
}

interface Local {
  devices: Set<string>;
  availability: Availability;
}

/**
 * The people who are online on any node. While Redis is unreachable: this node's devices, and the last known status of everybody
 * else.
 */
export class SharedPresence implements PresenceStore {
  readonly #local = new Map<string, Local>();
  readonly #seen = new BoundedMap<string, Status>(maxRemembered);
  /** people whose last device on this node has just disconnected */
  readonly #going = new Set<string>();
  /** people who disconnected while Redis was unreachable, and whom it did not know when it came back */
  readonly #unnoticed = new Set<string>();
  readonly #missed = new MissedChanges();
  readonly #listener: PresenceListener;
  readonly #offlineAfterMs: number;
  readonly #timers: NodeJS.Timeout[];
  readonly #stopListening: () => void;
  #settledAt = 0;
  #wasReady = false;

  constructor(listener: PresenceListener, afterMs = offlineAfterMs) {
    this.#listener = listener;
    this.#offlineAfterMs = afterMs;
    this.#timers = [
      setInterval(() => void this.#renewDevices(), renewEveryMs).unref(),
      setInterval(() => void this.#announceGone(), checkEveryMs).unref(),
    ];
    this.#stopListening = onRedisReady(() => void this.#recover());
  }

  async connect(userId: string, socketId: string, availability: Availability): Promise<boolean> {
    const known = this.#local.get(userId);
    const entry = known ?? { devices: new Set(), availability };
    entry.devices.add(socketId);
    entry.availability = availability;
    this.#local.set(userId, entry);
    this.#going.delete(userId);
    const back = await this.#eval(onScript, [deviceExpiresMs, 1, userId, socketId, availability]);
    this.#seen.set(userId, availability);
    return back ? back.length > 0 : known === undefined;
  }

  async disconnect(userId: string, socketId: string): Promise<void> {
    const entry = this.#local.get(userId);
    if (!entry?.devices.delete(socketId)) return;
    if (entry.devices.size === 0) {
      this.#local.delete(userId);
      this.#going.add(userId);
      setTimeout(() => this.#going.delete(userId), this.#offlineAfterMs).unref();
    }
    const unknown = (last: string[]) => void (last.length === 0 && this.#unnoticed.add(userId));
    await this.#missed.write(() => this.#off([userId, socketId]), unknown);
  }

  async choose(userId: string, availability: Availability): Promise<void> {
    this.receive(userId, availability);
    const write = () => this.#eval(chooseScript, [userId, availability]);
    await this.#missed.write(write, () => this.#listener.changed(userId));
  }

  async statusOf(userId: string): Promise<Status> {
    return (await this.statusesOf([userId])).get(userId) ?? 'offline';
  }

  async statusesOf(userIds: string[]): Promise<Map<string, Status>> {
    const statuses = userIds.length > 0 ? await this.#eval(statusesScript, userIds) : [];
    return new Map(
      userIds.map((userId, index) => [userId, this.#resolveStatus(userId, statuses?.[index] as Status | undefined)]),
    );
  }

  receive(userId: string, status: Status): void {
    const entry = this.#local.get(userId);
    if (entry && status !== 'offline') entry.availability = status;
    this.#seen.set(userId, status);
  }

  async clear(): Promise<string[]> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopListening();
    // From here on this node could not announce the people whom it finds gone.
    this.#settledAt = Number.POSITIVE_INFINITY;
    const people = [...this.#local];
    this.#local.clear();
    const last = [...this.#going];
    for (let from = 0; from < people.length; from += batchLength) {
      const batch = people.slice(from, from + batchLength);
      const devices = batch.flatMap(([userId, entry]) => [...entry.devices].flatMap((device) => [userId, device]));
      const alone = batch.map(([userId]) => userId);
      last.push(...((await this.#eval(offScript, [this.#offlineAfterMs, ...devices])) ?? alone));
    }
    return last;
  }

  /** @param answer the status in Redis; undefined when Redis is unreachable */
  #resolveStatus(userId: string, answer: Status | undefined): Status {
    const doubtful = answer === undefined || (answer === 'offline' && Date.now() < this.#settledAt);
    if (doubtful) return this.#local.get(userId)?.availability ?? this.#seen.get(userId) ?? 'offline';
    this.#seen.set(userId, answer);
    return answer;
  }

  async #off(device: [userId: string, socketId: string]): Promise<string[] | null> {
    const last = await this.#eval(offScript, [this.#offlineAfterMs, ...device]);
    // The first node that looks after that time announces it. This timer makes it soon, if this node lives.
    if (last && last.length > 0) setTimeout(() => void this.#announceGone(), this.#offlineAfterMs + 10).unref();
    return last;
  }

  async #recover(): Promise<void> {
    // Only after an interruption: when a node starts, the other nodes' devices are in Redis.
    if (this.#wasReady) this.#settledAt = Date.now() + settlingMs;
    this.#wasReady = true;
    await this.#renewDevices();
    await this.#missed.repeatAll();
    this.#announceOnceSettled();
  }

  #announceOnceSettled(): void {
    const left = this.#settledAt - Date.now();
    // Check again at the end: a timer counts from the start of its event loop turn, so it may fire too early.
    if (left <= 0) void this.#announceGone().then(() => this.#announceUnnoticed());
    else if (Number.isFinite(left)) setTimeout(() => this.#announceOnceSettled(), left).unref();
  }

  async #renewDevices(): Promise<void> {
    const people = [...this.#local.keys()];
    for (let from = 0; from < people.length; from += batchLength) {
      // Read for each batch: a device that has disconnected meanwhile must not be renewed.
      const devices = people.slice(from, from + batchLength).flatMap((userId) => this.#devicesOf(userId));
      for (const userId of (await this.#eval(onScript, [deviceExpiresMs, 0, ...devices])) ?? []) this.#listener.changed(userId);
    }
  }

  #devicesOf(userId: string): string[] {
    const { devices = [], availability = 'online' } = this.#local.get(userId) ?? {};
    return [...devices].flatMap((device) => [userId, device, availability]);
  }

  async #announceGone(): Promise<void> {
    for (let more = Date.now() >= this.#settledAt; more; ) {
      const gone = (await this.#eval(goneScript, [])) ?? [];
      for (const userId of gone) {
        this.#seen.set(userId, 'offline');
        this.#listener.gone(userId);
      }
      more = gone.length > 0;
    }
  }

  /** Announces people whom goneScript cannot find, because Redis never knew them. Others may still see them as online. */
  async #announceUnnoticed(): Promise<void> {
    for (let [...people] = this.#unnoticed; people.length > 0; people = people.slice(batchLength)) {
      const batch = people.slice(0, batchLength);
      const statuses = await this.#eval(statusesScript, batch);
      if (!statuses) return;
      for (const [index, userId] of batch.entries()) {
        this.#unnoticed.delete(userId);
        if (statuses[index] !== 'offline') continue;
        this.#seen.set(userId, 'offline');
        this.#listener.gone(userId);
      }
    }
  }

  /** @returns null when Redis is unreachable */
  #eval(script: string, values: (string | number)[]): Promise<string[] | null> {
    return withRedis<string[] | null>(
      async (redis) => ((await redis.eval(script, 1, peopleKey, personPrefix, ...values)) as string[]) ?? [],
      () => null,
    );
  }
}
