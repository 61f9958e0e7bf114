import { oncePerProcess } from '@/lib/process/once';

/** A change that is committed, or about to be, and that nobody was told of yet. */
export interface Turn {
  /** resolves when all that this process did before it in the conversation has been told; null: there is nothing to wait for */
  before(): Promise<unknown> | null;
  /** It was told, or never will be. */
  end(): void;
}

interface Open {
  rev: number;
  over: Promise<void>;
}

/**
 * Says that messages of these conversations are being stored, with revs that nobody knows before PostgreSQL answers: it may give
 * the lock on to a change, and that change may be through, before the answer comes.
 * @returns what to call when their turns are taken, or nothing was stored
 */
export function expectTurns(conversationIds: Set<string>): () => void {
  let finish = () => {};
  const known = new Promise<void>((resolve) => {
    finish = resolve;
  });
  for (const id of conversationIds) expected().set(id, (expected().get(id) ?? new Set()).add(known));
  return () => {
    for (const id of conversationIds) {
      const open = expected().get(id);
      open?.delete(known);
      if (open?.size === 0) expected().delete(id);
    }
    finish();
  };
}

/** For a change that is committed: waits until the revs of all that was on its way then are known. */
export async function expectedTurns(conversationId: string): Promise<void> {
  await Promise.all(expected().get(conversationId) ?? []);
}

const expected = () => oncePerProcess('messages.turns.expected', () => new Map<string, Set<Promise<void>>>());

const turns = () => oncePerProcess('messages.turns', () => new Map<string, Set<Open>>());

/**
 * Announcements of one conversation leave in the order of their revs, though sends come out of one stream of commits and
 * edits, deletions and reactions out of others. Taken as soon as the rev is known (of several in one commit, the first), and for a
 * change before its commit: whoever commits after it then finds it here. A turn waits for smaller revs alone, so none waits in
 * a circle; another node's changes are not waited for, and clients put those in order by rev.
 */
export function takeTurn(conversationId: string, rev: number): Turn {
  const open = turns().get(conversationId) ?? new Set();
  turns().set(conversationId, open);
  let finish = () => {};
  const turn: Open = {
    rev,
    over: new Promise((resolve) => {
      finish = resolve;
    }),
  };
  open.add(turn);
  return {
    before: () => {
      if (open.size === 1) return null;
      const earlier = [...open].filter((other) => other.rev < rev);
      return earlier.length > 0 ? Promise.all(earlier.map(({ over }) => over)) : null;
    },
    end: () => {
      open.delete(turn);
      if (open.size === 0) turns().delete(conversationId);
      finish();
    },
  };
}
