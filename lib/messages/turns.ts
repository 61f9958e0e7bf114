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
