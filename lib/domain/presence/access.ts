import type { PresenceStore } from '@/lib/domain/presence/memory-store';
import type { Status } from '@/lib/domain/presence/schema';
import { processSingleton } from '@/lib/platform/process/singleton';

/** The statuses of people, as anybody in the workspace may see them: one query to the store, none to the database. */
export async function statusesOf(userIds: string[]): Promise<Map<string, Status>> {
  const store = presenceStore();
  return store ? store.statusesOf(userIds) : new Map(userIds.map((userId) => [userId, 'offline' as const]));
}

/** The process's store; null where no socket server runs (a script, a test), and everybody is offline. */
export const presenceStore = (): PresenceStore | null => holder().store;

export function setPresenceStore(store: PresenceStore | null): void {
  holder().store = store;
}

const holder = () => processSingleton<{ store: PresenceStore | null }>('presence', () => ({ store: null }));
