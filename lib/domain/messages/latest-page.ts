import { createHash } from 'node:crypto';
import { z } from 'zod';
import { archivedMonths, type ConversationRow } from '@/lib/domain/conversations/access';
import { type LatestPageStore, MemoryLatestPages } from '@/lib/domain/messages/latest-page-memory';
import { RedisLatestPages } from '@/lib/domain/messages/latest-page-redis';
import { type HistoryQuery, historySchema, type MessagePage, messagePageSchema } from '@/lib/domain/messages/schema';
import { forEverybody } from '@/lib/domain/messages/shape';
import { run } from '@/lib/platform/db/sql';
import { log } from '@/lib/platform/log/log';
import { metrics } from '@/lib/platform/metrics/metrics';
import { processSingleton } from '@/lib/platform/process/singleton';
import { isShared } from '@/lib/platform/redis/redis';

/** Longer pages cost more to transfer than they save. */
const maxCharacters = 256 * 1024;

/** Maximum number of remembered requests. */
const maxAsked = 10_000;

/**
 * Caches the newest page of conversations, without the reader's own data (see personalizePage). A page is cached when it is
 * requested for the second time at one revision: a page that only one person reads is not worth caching.
 */
export class LatestPages {
  /** in the order of the requests */
  readonly #asked = new Set<string>();

  readonly #store: LatestPageStore;

  constructor(store: LatestPageStore) {
    this.#store = store;
  }

  /** @param conversation as the primary has it now: the page shows exactly this state */
  async find(conversation: ConversationRow, query: HistoryQuery): Promise<MessagePage | null> {
    if (!isLatestPage(query)) return null;
    const text = await this.#store.get(keyOf(conversation));
    metrics().cache.inc({ cache: 'tails', result: text === null ? 'miss' : 'hit' });
    return text === null ? null : (JSON.parse(text) as MessagePage);
  }

  /**
   * Caches a page for the next reader. Never throws, and nobody has to wait for it.
   * @param conversation as it was before the page was read
   * @param exact the page and the conversation were read in one snapshot; otherwise the page is kept only if the conversation is
   *   still unchanged afterwards
   */
  async keep(conversation: ConversationRow, query: HistoryQuery, page: MessagePage, exact = false): Promise<void> {
    if (!isLatestPage(query) || !this.#isAskedAgain(keyOf(conversation))) return;
    try {
      if (!exact && !(await isStill(conversation))) return;
      const text = JSON.stringify({ ...page, messages: page.messages.map(forEverybody) });
      if (text.length <= maxCharacters) await this.#store.set(keyOf(conversation), text);
    } catch (error) {
      log().debug({ reason: (error as Error).message }, 'A page was not kept.');
    }
  }

  #isAskedAgain(key: string): boolean {
    if (this.#asked.delete(key)) return true;
    this.#asked.add(key);
    for (const first of this.#asked) {
      if (this.#asked.size <= maxAsked) break;
      this.#asked.delete(first);
    }
    return false;
  }
}

export const latestPages = (): LatestPages =>
  processSingleton(
    'messages.latestPages',
    () => new LatestPages(isShared() ? new RedisLatestPages() : new MemoryLatestPages()),
  );

/**
 * The page that browsers request when they open a conversation. Other lengths are rare, and each would need an entry of its own.
 */
const isLatestPage = ({ before, after, around, limit }: HistoryQuery) => !before && !after && !around && limit === usualLimit;

const usualLimit = historySchema.parse({}).limit;

/**
 * A cached page is never stale: every change of a message takes a `rev`, and archiving or restoring a month changes `archived`.
 * The newest message's id distinguishes two histories with the same numbers, as after a restored backup. The schema's hash
 * distinguishes pages of nodes of different versions.
 */
const keyOf = ({ id, lastRev, lastMessageId, archived }: ConversationRow) =>
  `tail:${schemaHash}:${id}:${lastRev}:${lastMessageId ?? ''}:${archived}`;

const schemaHash = createHash('sha256')
  .update(JSON.stringify(z.toJSONSchema(messagePageSchema, { unrepresentable: 'any' })))
  .digest('base64url')
  .slice(0, 12);

async function isStill({ id, lastRev, archived }: ConversationRow): Promise<boolean> {
  return (await run('messages.latest.still', stillText, [id, lastRev, archived])).length > 0;
}

const stillText = `SELECT 1 FROM "Conversation" WHERE id = $1 AND "lastRev" = $2 AND ${archivedMonths} = $3`;
