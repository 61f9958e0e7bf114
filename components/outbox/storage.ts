import type { Outgoing } from '@/components/outbox/outbox';

/** Survives a reload of this tab, and belongs to it alone: two tabs never send the same message. */
const key = 'parley.outbox';

export function keepOutgoing(outgoing: Outgoing[]): void {
  try {
    if (outgoing.length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(outgoing));
  } catch {
    // Storage is full or forbidden: the messages are still held in memory.
  }
}

export function recallOutgoing(): Outgoing[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as Outgoing[];
  } catch {
    return [];
  }
}

export const forgetOutgoing = () => keepOutgoing([]);
