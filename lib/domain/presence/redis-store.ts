import type { PresenceStore } from '@/lib/domain/presence/memory-store';
import { MissedChanges } from '@/lib/domain/presence/missed-changes';
import { chooseScript, goneScript, offScript, onScript, statusesScript } from '@/lib/domain/presence/redis-scripts';
import type { Availability, Status } from '@/lib/domain/presence/schema';
import { offlineAfterMs } from '@/lib/domain/presence/schema';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import { onRedisReady, withRedis } from '@/lib/platform/redis/redis';

/** A device is believed to be on for this long after its node last said so. */
const believedForMs = 35_000;
/** So often a node says so, and looks for those whose node did not: a dead node's people are offline within 45 s. */
const saidEveryMs = 10_000;
const lookedForEveryMs = 5_000;
/** Redis may come back empty, or to one node before another: for this long nobody is offline who was not before. */
const settlingMs = 5_000;

const peopleKey = 'parley:presence';
const personPrefix = 'parley:presence:';
const batchLength = 300;
const maxRemembered = 20_000;

/** Who is told of what this store finds by itself. */
export interface PresenceListener {
  /** Somebody's last device anywhere has been away for long enough. Told on one node only. */
  gone(userId: string): void;
  /** Others may have seen somebody otherwise than they are. */
  changed(userId: string): void;
}

interface Local {
  devices: Set<string>;
  availability: Availability;
}

/** Who is on at any node. While Redis is away: this node's devices, and everybody else as they were last seen. */
export class SharedPresence implements PresenceStore {
  readonly #local = new Map<string, Local>();
  readonly #seen = new BoundedMap<string, Status>(maxRemembered);
  /** people whose last device here went a moment ago */
  readonly #going = new Set<string>();
  /** who went while Redis was away, and was not known to the one that came back */
  readonly #unnoticed = new Set<string>();
  readonly #missed = new MissedChanges();
  readonly #watcher: PresenceListener;
  readonly #offlineAfterMs: number;
  readonly #timers: NodeJS.Timeout[];
  readonly #stopListening: () => void;
  #settledAt = 0;
  #wasReady = false;

  constructor(watcher: PresenceListener, afterMs = offlineAfterMs) {
    this.#watcher = watcher;
    this.#offlineAfterMs = afterMs;
    this.#timers = [
      setInterval(() => void this.#sayAgain(), saidEveryMs).unref(),
      setInterval(() => void this.#lookForGone(), lookedForEveryMs).unref(),
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
    const back = await this.#eval(onScript, [believedForMs, 1, userId, socketId, availability]);
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
    await this.#missed.tell(() => this.#off([userId, socketId]), unknown);
  }

  async choose(userId: string, availability: Availability): Promise<void> {
    this.heard(userId, availability);
    const tell = () => this.#eval(chooseScript, [userId, availability]);
    await this.#missed.tell(tell, () => this.#watcher.changed(userId));
  }

  async statusOf(userId: string): Promise<Status> {
    return (await this.statusesOf([userId])).get(userId) ?? 'offline';
  }

  async statusesOf(userIds: string[]): Promise<Map<string, Status>> {
    const statuses = userIds.length > 0 ? await this.#eval(statusesScript, userIds) : [];
    return new Map(userIds.map((userId, index) => [userId, this.#judge(userId, statuses?.[index] as Status | undefined)]));
  }

  /** Another node said how somebody is. */
  heard(userId: string, status: Status): void {
    const entry = this.#local.get(userId);
    if (entry && status !== 'offline') entry.availability = status;
    this.#seen.set(userId, status);
  }

  async clear(): Promise<string[]> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopListening();
    // Whom it found gone from here on, it could tell nobody.
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

  /** @param answer what Redis says; undefined when it is away */
  #judge(userId: string, answer: Status | undefined): Status {
    const doubtful = answer === undefined || (answer === 'offline' && Date.now() < this.#settledAt);
    if (doubtful) return this.#local.get(userId)?.availability ?? this.#seen.get(userId) ?? 'offline';
    this.#seen.set(userId, answer);
    return answer;
  }

  async #off(device: [userId: string, socketId: string]): Promise<string[] | null> {
    const last = await this.#eval(offScript, [this.#offlineAfterMs, ...device]);
    // Whichever node looks next after that tells it; this one, if it lives.
    if (last && last.length > 0) setTimeout(() => void this.#lookForGone(), this.#offlineAfterMs + 10).unref();
    return last;
  }

  async #recover(): Promise<void> {
    // A node that starts has nothing to doubt: the others are there.
    if (this.#wasReady) this.#settledAt = Date.now() + settlingMs;
    this.#wasReady = true;
    await this.#sayAgain();
    await this.#missed.makeUpFor();
    this.#lookOnceSettled();
  }

  #lookOnceSettled(): void {
    const left = this.#settledAt - Date.now();
    // Asked again when it is over: a timer counts from where its turn of the event loop began, and so may come too early.
    if (left <= 0) void this.#lookForGone().then(() => this.#lookForUnnoticed());
    else if (Number.isFinite(left)) setTimeout(() => this.#lookOnceSettled(), left).unref();
  }

  async #sayAgain(): Promise<void> {
    const people = [...this.#local.keys()];
    for (let from = 0; from < people.length; from += batchLength) {
      // Looked up now: a device that went meanwhile has said so, and is not to be brought back.
      const devices = people.slice(from, from + batchLength).flatMap((userId) => this.#devicesOf(userId));
      for (const userId of (await this.#eval(onScript, [believedForMs, 0, ...devices])) ?? []) this.#watcher.changed(userId);
    }
  }

  #devicesOf(userId: string): string[] {
    const { devices = [], availability = 'online' } = this.#local.get(userId) ?? {};
    return [...devices].flatMap((device) => [userId, device, availability]);
  }

  async #lookForGone(): Promise<void> {
    for (let more = Date.now() >= this.#settledAt; more; ) {
      const gone = (await this.#eval(goneScript, [])) ?? [];
      for (const userId of gone) {
        this.#seen.set(userId, 'offline');
        this.#watcher.gone(userId);
      }
      more = gone.length > 0;
    }
  }

  /** Those whom nobody finds: Redis never knew that they were on. Others may have them so since before. */
  async #lookForUnnoticed(): Promise<void> {
    for (let [...people] = this.#unnoticed; people.length > 0; people = people.slice(batchLength)) {
      const batch = people.slice(0, batchLength);
      const statuses = await this.#eval(statusesScript, batch);
      if (!statuses) return;
      for (const [index, userId] of batch.entries()) {
        this.#unnoticed.delete(userId);
        if (statuses[index] !== 'offline') continue;
        this.#seen.set(userId, 'offline');
        this.#watcher.gone(userId);
      }
    }
  }

  /** null: Redis is away. */
  #eval(script: string, values: (string | number)[]): Promise<string[] | null> {
    return withRedis<string[] | null>(
      async (redis) => ((await redis.eval(script, 1, peopleKey, personPrefix, ...values)) as string[]) ?? [],
      () => null,
    );
  }
}
