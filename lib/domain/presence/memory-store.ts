import { type Availability, offlineAfterMs, type Status } from '@/lib/domain/presence/schema';

/**
 * The people who are online: on this node, or on all nodes when they share a store (redis-store.ts). Answers may change at any
 * time.
 */
export interface PresenceStore {
  /**
   * A device connected.
   * @returns whether the person was offline until now
   */
  connect(userId: string, socketId: string, availability: Availability): Promise<boolean>;
  /**
   * A device disconnected. If it was the last one, the person goes offline after offlineAfterMs, unless another device connects.
   */
  disconnect(userId: string, socketId: string): Promise<void>;
  /** Sets the status shown while online. It does nothing when the person is offline. */
  choose(userId: string, availability: Availability): Promise<void>;
  statusOf(userId: string): Promise<Status>;
  statusesOf(userIds: string[]): Promise<Map<string, Status>>;
  /** Another node sent a person's status. */
  receive?(userId: string, status: Status): void;
  /**
   * Removes everybody on this node without events, because the process ends.
   * @returns the people whose last device it was
   */
  clear(): Promise<string[]>;
}

interface Entry {
  devices: Set<string>;
  availability: Availability;
  going?: NodeJS.Timeout;
}

export class MemoryPresence implements PresenceStore {
  readonly #people = new Map<string, Entry>();
  readonly #onGone: (userId: string) => void;
  readonly #offlineAfterMs: number;

  /** @param onGone runs when a person goes offline */
  constructor(onGone: (userId: string) => void, afterMs = offlineAfterMs) {
    this.#onGone = onGone;
    this.#offlineAfterMs = afterMs;
  }

  async connect(userId: string, socketId: string, availability: Availability): Promise<boolean> {
    const entry = this.#people.get(userId);
    if (!entry) {
      this.#people.set(userId, { devices: new Set([socketId]), availability });
      return true;
    }
    clearTimeout(entry.going);
    entry.devices.add(socketId);
    entry.availability = availability;
    return false;
  }

  async disconnect(userId: string, socketId: string): Promise<void> {
    const entry = this.#people.get(userId);
    if (!entry?.devices.delete(socketId) || entry.devices.size > 0) return;
    entry.going = setTimeout(() => {
      this.#people.delete(userId);
      this.#onGone(userId);
    }, this.#offlineAfterMs);
    entry.going.unref();
  }

  async choose(userId: string, availability: Availability): Promise<void> {
    const entry = this.#people.get(userId);
    if (entry) entry.availability = availability;
  }

  async statusOf(userId: string): Promise<Status> {
    return this.#people.get(userId)?.availability ?? 'offline';
  }

  async statusesOf(userIds: string[]): Promise<Map<string, Status>> {
    return new Map(userIds.map((userId) => [userId, this.#people.get(userId)?.availability ?? 'offline']));
  }

  async clear(): Promise<string[]> {
    const userIds = [...this.#people.keys()];
    for (const entry of this.#people.values()) clearTimeout(entry.going);
    this.#people.clear();
    return userIds;
  }
}
