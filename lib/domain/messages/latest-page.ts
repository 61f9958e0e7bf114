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

/** Longer ones cost more to carry about than they are worth. */
const maxCharacters = 256 * 1024;

/** Revisions remembered as asked for. */
const maxAsked = 10_000;

/**
 * The newest pages of conversations, as somebody read them of late. They are nobody's page yet: see personalizePage. What is kept has been
 * asked for twice at one revision: a page of two people, or of a busy moment, is not worth the keeping.
 */
export class LatestPages {
  /** in the order of asking */
  readonly #asked = new Set<string>();

  readonly #store: LatestPageStore;

  constructor(store: LatestPageStore) {
    this.#store = store;
  }

  /** @param conversation as the primary has it now: what is found shows this very state */
  async find(conversation: ConversationRow, query: HistoryQuery): Promise<MessagePage | null> {
    if (!isLatestPage(query)) return null;
    const text = await this.#store.get(keyOf(conversation));
    metrics().cache.inc({ cache: 'tails', result: text === null ? 'miss' : 'hit' });
    return text === null ? null : (JSON.parse(text) as MessagePage);
  }

  /**
   * Keeps a page for whoever asks next. Never throws, and nobody has to wait for it.
   * @param conversation as it was before the page was read
   * @param exact the page was read in one snapshot with it; else it is kept only if the conversation is still as it was, for then
   *   it was so all the while
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

/** This process's. */
export const tails = (): LatestPages =>
  processSingleton('tails', () => new LatestPages(isShared() ? new RedisLatestPages() : new MemoryLatestPages()));

/** As browsers ask when they open a conversation. Other lengths are rare, and each would be kept apart. */
const isLatestPage = ({ before, after, around, limit }: HistoryQuery) => !before && !after && !around && limit === usualLimit;

const usualLimit = historySchema.parse({}).limit;

/**
 * Every change of a message takes a `rev`, and archiving a month or restoring it changes which months are archived: what was kept
 * under both is never stale. The newest message's id tells apart two histories with the same numbers, as there are after a restored
 * backup. The schema's hash tells apart pages of nodes of two versions.
 */
const keyOf = ({ id, lastRev, lastMessageId, archived }: ConversationRow) =>
  `tail:${schemaHash}:${id}:${lastRev}:${lastMessageId ?? ''}:${archived}`;

const schemaHash = createHash('sha256')
  .update(JSON.stringify(z.toJSONSchema(messagePageSchema, { unrepresentable: 'any' })))
  .digest('base64url')
  .slice(0, 12);

async function isStill({ id, lastRev, archived }: ConversationRow): Promise<boolean> {
  const text = `SELECT 1 FROM "Conversation" WHERE id = $1 AND "lastRev" = $2 AND ${archivedMonths} = $3`;
  return (await run('messages.latest.still', text, [id, lastRev, archived])).length > 0;
}
