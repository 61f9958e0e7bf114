import { processSingleton } from '@/lib/platform/process/singleton';

/** The place of a change in the order of announcements. The change is committed, or about to be, and not announced yet. */
export interface Turn {
  /** resolves when this process has announced all earlier changes of the conversation; null when there are none */
  before(): Promise<unknown> | null;
  /** The change was announced, or never will be. */
  end(): void;
}

interface OpenTurn {
  rev: number;
  over: Promise<void>;
}

/** The pending announcements of one conversation. */
interface Pending {
  /** batches whose revs are not known yet */
  expected: Promise<void>[];
  turns: OpenTurn[];
}

/**
 * Announces that messages of these conversations are being stored. Their revs are unknown until PostgreSQL answers. Meanwhile
 * PostgreSQL may pass the lock on to another change, which may finish before the answer arrives.
 * @returns a function to call when the turns are taken, or when nothing was stored
 */
export function reserveTurns(conversationIds: Set<string>): () => void {
  let finish = () => {};
  const known = new Promise<void>((resolve) => {
    finish = resolve;
  });
  for (const id of conversationIds) pendingIn(id).expected.push(known);
  return () => {
    for (const id of conversationIds) remove(pendingIn(id).expected, known);
    finish();
  };
}

/** Waits until the revs of all batches that are being stored now are known. Call it after the commit of a change. */
export async function reservedTurns(conversationId: string): Promise<void> {
  await Promise.all(pendingIn(conversationId).expected);
}

/**
 * Announcements of one conversation leave in the order of their revs, although sends, edits, deletions and reactions are
 * committed by independent transactions. Take the turn as soon as the rev is known (of several in one commit, the first), and for
 * a change before its commit, so that later commits find it here. A turn waits only for smaller revs, so turns cannot deadlock.
 * Changes of other nodes are not waited for: clients order those by rev.
 *
 * So a client on this node gets no edit before its message, and no message before an earlier one whose shape took longer to load.
 * Parley's own client orders by rev anyway; a simpler one, such as a bot, may apply events as they come.
 * `tests/integration/messages-writing` and `messages-concurrency` fail without it.
 */
export function takeTurn(conversationId: string, rev: number): Turn {
  const { turns } = pendingIn(conversationId);
  let finish = () => {};
  const turn: OpenTurn = {
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

function pendingIn(conversationId: string): Pending {
  const state = conversations();
  const known = state.all.get(conversationId);
  if (known) return known;
  if (state.all.size >= state.sweepAt) sweep(state);
  const made = { expected: [], turns: [] };
  state.all.set(conversationId, made);
  return made;
}

/**
 * Removes conversations without pending announcements. A sweep is cheaper than a removal after each turn: a long-lived Map that
 * gains and loses a key per message keeps growing in the old generation, and its old tables keep their entries alive
 * (docs/decisions/017).
 */
function sweep(state: ReturnType<typeof conversations>): void {
  for (const [id, { expected, turns }] of state.all) if (expected.length === 0 && turns.length === 0) state.all.delete(id);
  state.sweepAt = keptIdle + 2 * state.all.size;
}

const keptIdle = 1_000;

const conversations = () => processSingleton('messages.turns', () => ({ all: new Map<string, Pending>(), sweepAt: keptIdle }));

function remove<Item>(items: Item[], item: Item): void {
  const place = items.indexOf(item);
  if (place >= 0) items.splice(place, 1);
}
