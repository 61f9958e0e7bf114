import { processSingleton } from '@/lib/platform/process/singleton';

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

/** What is under way in one conversation. */
interface UnderWay {
  /** batches whose revs nobody knows yet */
  expected: Promise<void>[];
  turns: Open[];
}

/**
 * Says that messages of these conversations are being stored, with revs that nobody knows before PostgreSQL answers: it may give
 * the lock on to a change, and that change may be through, before the answer comes.
 * @returns what to call when their turns are taken, or nothing was stored
 */
export function reserveTurns(conversationIds: Set<string>): () => void {
  let finish = () => {};
  const known = new Promise<void>((resolve) => {
    finish = resolve;
  });
  for (const id of conversationIds) underWayIn(id).expected.push(known);
  return () => {
    for (const id of conversationIds) remove(underWayIn(id).expected, known);
    finish();
  };
}

/** For a change that is committed: waits until the revs of all that was on its way then are known. */
export async function reservedTurns(conversationId: string): Promise<void> {
  await Promise.all(underWayIn(conversationId).expected);
}

/**
 * Announcements of one conversation leave in the order of their revs, though sends come out of one stream of commits and
 * edits, deletions and reactions out of others. Taken as soon as the rev is known (of several in one commit, the first), and for a
 * change before its commit: whoever commits after it then finds it here. A turn waits for smaller revs alone, so none waits in
 * a circle; another node's changes are not waited for, and clients put those in order by rev.
 */
export function takeTurn(conversationId: string, rev: number): Turn {
  const { turns } = underWayIn(conversationId);
  let finish = () => {};
  const turn: Open = {
    rev,
    over: new Promise((resolve) => {
      finish = resolve;
    }),
  };
  turns.push(turn);
  return {
    before: () => {
      if (turns.length === 1) return null;
      const earlier = turns.filter((other) => other.rev < rev);
      return earlier.length > 0 ? Promise.all(earlier.map(({ over }) => over)) : null;
    },
    end: () => {
      remove(turns, turn);
      finish();
    },
  };
}

function underWayIn(conversationId: string): UnderWay {
  const state = conversations();
  const known = state.all.get(conversationId);
  if (known) return known;
  if (state.all.size >= state.sweepAt) sweep(state);
  const made = { expected: [], turns: [] };
  state.all.set(conversationId, made);
  return made;
}

/**
 * Forgets where nothing is under way. Not at the end of each turn: a long-lived Map that gains and loses a key with every message grows
 * among what is old each time, and its dead tables keep alive what was in them (docs/decisions/017).
 */
function sweep(state: ReturnType<typeof conversations>): void {
  for (const [id, { expected, turns }] of state.all) if (expected.length === 0 && turns.length === 0) state.all.delete(id);
  state.sweepAt = keptIdle + 2 * state.all.size;
}

const keptIdle = 1_000;

const conversations = () => processSingleton('messages.turns', () => ({ all: new Map<string, UnderWay>(), sweepAt: keptIdle }));

function remove<Item>(items: Item[], item: Item): void {
  const place = items.indexOf(item);
  if (place >= 0) items.splice(place, 1);
}
