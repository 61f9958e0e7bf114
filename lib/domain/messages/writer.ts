import { correctAudiences, isAudienceStale } from '@/lib/domain/conversations/audience';
import { reserveTurns, takeTurn } from '@/lib/domain/messages/announcement-order';
import { isReady, loaded, type New, type Outcome, type Ready, storeBatch } from '@/lib/domain/messages/batch';
import { announceNew } from '@/lib/domain/messages/broadcasts';
import { type Announce, CommitQueue, type PendingDraft, type Stored } from '@/lib/domain/messages/commit-queue';
import type { Draft } from '@/lib/domain/messages/draft';
import { messagesChanged } from '@/lib/domain/messages/listeners';
import { measuredCommit } from '@/lib/domain/messages/measure';
import { serialize } from '@/lib/platform/async/serialize';
import { databaseFailure, sqlState } from '@/lib/platform/db/failure';
import { notFound, unavailable } from '@/lib/platform/errors/error';
import { watchQueue } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';

/** Limits of what may wait at once. Beyond them senders get UNAVAILABLE, so that memory stays bounded. */
const maxWaiting = { drafts: 5_000, characters: 16 * 1024 * 1024 };

/**
 * Group commit: stores a draft in one transaction with other waiting drafts of any conversations, then emits the events. Resolves
 * when it is committed and its event has been emitted. See docs/decisions/010.
 * @throws NOT_FOUND when the sender is not in the conversation, or may not use what the message replies to or carries
 * @throws UNAVAILABLE when too many drafts are waiting, or the database does not answer. In the second case the message may be
 *   stored or not, and a retry finds out
 */
export function append(draft: Draft): Promise<Stored> {
  const { load, main, aside } = writer();
  if (load.drafts >= maxWaiting.drafts || load.characters >= maxWaiting.characters)
    return Promise.reject(unavailable('Too many messages are waiting to be stored.'));
  return new Promise<Stored>((resolve, reject) => {
    (aside.get(draft.conversationId) ?? main).push([new CountedDraft(draft, load, resolve, reject)]);
  });
}

/** A waiting draft that counts towards the limits until it is settled for the first time. */
class CountedDraft implements PendingDraft {
  #waits = true;

  readonly #load: { drafts: number; characters: number };
  readonly #onStored: (stored: Stored) => void;
  readonly #onFailed: (error: unknown) => void;

  constructor(
    readonly draft: Draft,
    load: { drafts: number; characters: number },
    onStored: (stored: Stored) => void,
    onFailed: (error: unknown) => void,
  ) {
    this.#load = load;
    this.#onStored = onStored;
    this.#onFailed = onFailed;
    load.drafts += 1;
    load.characters += draft.content.length;
  }

  resolve(stored: Stored): void {
    this.#uncount();
    this.#onStored(stored);
  }

  reject(error: unknown): void {
    this.#uncount();
    this.#onFailed(error);
  }

  #uncount(): void {
    if (!this.#waits) return;
    this.#waits = false;
    this.#load.drafts -= 1;
    this.#load.characters -= this.draft.content.length;
  }
}

const writer = () =>
  processSingleton('messages.writer', () => {
    const load = { drafts: 0, characters: 0 };
    watchQueue('messages', () => load.drafts);
    /** separate queues of conversations whose row is locked, so that they do not delay the others */
    const aside = new Map<string, CommitQueue>();
    return { load, main: new CommitQueue(async (batch) => (await write(batch)).announce), aside };
  });

/** The result of writing a batch. */
interface Written {
  /** a locked conversation prevented it */
  locked: boolean;
  /** settles and announces the stored messages */
  announce: Announce;
}

/** Stores a batch. The announcement is left to the caller, so that the next batch can be sent before it. */
async function write(batch: PendingDraft[]): Promise<Written> {
  const release = reserveTurns(new Set(batch.map(({ draft }) => draft.conversationId)));
  try {
    const outcomes = await measuredCommit(() => storeBatch(batch.map(({ draft }) => draft)));
    const announce = () => {
      settle(batch, outcomes);
      release();
    };
    return { locked: false, announce };
  } catch (error) {
    release();
    return { locked: await recover(batch, error), announce: () => {} };
  }
}

async function writeAndAnnounce(batch: PendingDraft[]): Promise<boolean> {
  const { locked, announce } = await write(batch);
  announce();
  return locked;
}

/**
 * Handles a batch of which nothing was stored. An invalid message fails alone, and a locked conversation waits alone; otherwise
 * the whole batch fails.
 * @returns whether a locked conversation prevented it
 */
async function recover(batch: PendingDraft[], error: unknown): Promise<boolean> {
  const state = sqlState(error);
  if (state === lockNotAvailable && setAside(batch)) return true;
  const failure = databaseFailure(error);
  if (batch.length > 1 && (!failure || state?.startsWith(rolledBack))) {
    const half = batch.length >> 1;
    await writeAndAnnounce(batch.slice(0, half));
    await writeAndAnnounce(batch.slice(half));
    return false;
  }
  for (const one of batch) one.reject(failure ?? error);
  return state === lockNotAvailable;
}

const lockNotAvailable = '55P03';
/** Class 40: deadlocks and similar failures, which a second attempt may avoid. */
const rolledBack = '40';

/**
 * Gives each conversation of a batch its own queue, with its other waiting drafts. PostgreSQL does not say which of them is
 * locked; the unlocked ones go through at once.
 * @returns false when there is only one conversation: that one is locked, and its batch must fail
 */
function setAside(batch: PendingDraft[]): boolean {
  const { main, aside } = writer();
  const conversations = new Set(batch.map(({ draft }) => draft.conversationId));
  const fails = conversations.size === 1;
  const waiting = [...(fails ? [] : batch), ...main.take(conversations)];
  for (const id of conversations) {
    if (!aside.has(id)) aside.set(id, queueOf(id, fails));
    aside.get(id)?.push(waiting.filter(({ draft }) => draft.conversationId === id));
  }
  return !fails;
}

/** @param stuck the row is known to be locked: later drafts stay in this queue until one succeeds */
function queueOf(conversationId: string, stuck: boolean): CommitQueue {
  const state = { stuck };
  return new CommitQueue(
    async (batch) => {
      try {
        state.stuck = await serialize(asideLane(conversationId), () => writeAndAnnounce(batch));
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
      return () => {};
    },
    () => void (state.stuck || writer().aside.delete(conversationId)),
  );
}

// Three at a time, so that locked conversations never take all connections of the pool.
const asideLane = (conversationId: string) => `messages.aside.${Number.parseInt(conversationId.slice(-2), 16) % 3}`;

function settle(batch: PendingDraft[], outcomes: Outcome[]): void {
  const news = new Map<string, News>();
  for (const [index, waiting] of batch.entries()) {
    const outcome = outcomes[index];
    if (outcome?.status === 'again') waiting.resolve({ again: true, id: outcome.id });
    else if (outcome?.status !== 'new') waiting.reject(notFound());
    else {
      const { conversationId } = waiting.draft;
      const one = news.get(conversationId) ?? { waiting: [], stored: [] };
      one.waiting.push(waiting);
      one.stored.push(outcome);
      news.set(conversationId, one);
    }
  }
  for (const [conversationId, one] of news) void announceStored(conversationId, one);
}

/** The messages that one commit stored in one conversation. */
interface News {
  waiting: PendingDraft[];
  stored: New[];
}

/**
 * Emits one event for all messages, then resolves the senders. Without anything to wait for, it runs within this turn of the
 * event loop.
 */
async function announceStored(conversationId: string, { waiting, stored }: News): Promise<void> {
  const turn = takeTurn(conversationId, stored[0]?.rev ?? 0);
  try {
    const news = isReady(stored) ? stored : await loaded(stored);
    const before = turn.before();
    if (before) await before;
    const { memberRev } = news.at(-1) as Ready;
    if (isAudienceStale(conversationId, memberRev)) await correctAudiences([conversationId]);
    await announceNew(conversationId, news);
    for (const [index, one] of waiting.entries()) one.resolve({ again: false, message: (news[index] as Ready).message });
  } catch (error) {
    for (const one of waiting) one.reject(error);
  } finally {
    turn.end();
    messagesChanged(conversationId);
  }
}
