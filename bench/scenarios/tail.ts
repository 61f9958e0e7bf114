import { performance } from 'node:perf_hooks';
import { cpuSeconds } from '@/bench/load/process';
import type { Database } from '@/bench/load/subject';
import { findConversationFor } from '@/lib/domain/conversations/access';
import type { LatestPages } from '@/lib/domain/messages/latest-page';
import { sendMessage } from '@/lib/domain/messages/message';
import { readPage } from '@/lib/domain/messages/pagination';
import { personalizePage } from '@/lib/domain/messages/personalize';
import { historySchema, type MessagePage } from '@/lib/domain/messages/schema';
import { addReaction } from '@/lib/domain/reactions/reaction';
import { prisma } from '@/lib/platform/db/prisma';

const people = 20;
const messages = 200;
const query = historySchema.parse({});
const concurrency = 10;

type Read = (reader: string) => Promise<MessagePage>;

export interface TailFigures {
  /** ms per page, read one at a time */
  alone: number;
  /** pages per second with ten concurrent reads */
  rate: number;
  /** µs of CPU per page, of this process and of PostgreSQL */
  nodeCpu: number;
  databaseCpu: number;
}

/** Reads the newest page of a conversation with Parley's own functions, in this process. */
export class Tail {
  readonly #database: Database;
  readonly #roomId: string;
  readonly #readers: string[];

  private constructor(database: Database, roomId: string, readers: string[]) {
    this.#database = database;
    this.#roomId = roomId;
    this.#readers = readers;
  }

  /**
   * Creates a room with people and messages. The database must be migrated.
   * @param lively a fifth of the messages are replies, and a third carry reactions
   */
  static async prepare(database: Database, lively: boolean): Promise<Tail> {
    const names = Array.from({ length: people }, (_, n) => (lively ? `lively${n}` : `plain${n}`));
    const data = names.map((name) => ({ name, handle: name, email: `${name}@bench.test` }));
    const created = await prisma().user.createManyAndReturn({ data, select: { id: true } });
    const readers = created.map(({ id }) => id);
    const participants = { create: readers.map((userId) => ({ userId })) };
    const { id } = await prisma().conversation.create({
      data: { kind: 'GROUP', name: 'Tail', createdById: readers[0] ?? '', participants },
      select: { id: true },
    });
    const tail = new Tail(database, id, readers);
    for (let n = 0, last = ''; n < messages; n += 1) last = await tail.#write(n, last, lively);
    return tail;
  }

  /** Reads from PostgreSQL without a cache. */
  plain: Read = async (reader) => {
    await findConversationFor(reader, this.#roomId);
    return (await readPage(this.#roomId, query, reader)) as MessagePage;
  };

  /**
   * Reads with the cache, like listMessages.
   * @param moves makes the conversation change before every read, so that the cache never hits
   */
  kept(tails: LatestPages, moves = false): Read {
    let moved = 0;
    return async (reader) => {
      const { conversation } = await findConversationFor(reader, this.#roomId);
      if (moves) conversation.lastRev += ++moved;
      const page = await tails.find(conversation, query);
      if (page) return personalizePage(page, reader);
      const own = (await readPage(this.#roomId, query, reader)) as MessagePage;
      void tails.keep(conversation, query, own);
      return own;
    };
  }

  /** @throws unless `read` and the plain read give every reader the same page */
  async compare(read: Read): Promise<void> {
    for (const reader of [...this.#readers, ...this.#readers]) {
      const [one, other] = [JSON.stringify(await this.plain(reader)), JSON.stringify(await read(reader))];
      if (one !== other) throw new Error('The cached page is different.');
    }
  }

  /** Reads `count` pages one at a time, then the same number with ten concurrent reads. */
  async measure(read: Read, count: number): Promise<TailFigures> {
    const next = this.#nextReader();
    const startedAt = performance.now();
    for (let n = 0; n < count; n += 1) await read(next());
    const alone = (performance.now() - startedAt) / count;
    const [since, own, postgres] = [performance.now(), process.cpuUsage(), cpuSeconds(this.#database.pid())];
    const each = Math.ceil(count / concurrency);
    const pages = each * concurrency;
    const reading = async () => {
      for (let n = 0; n < each; n += 1) await read(next());
    };
    await Promise.all(Array.from({ length: concurrency }, reading));
    const usage = process.cpuUsage(own);
    return {
      alone,
      rate: (pages * 1_000) / (performance.now() - since),
      nodeCpu: (usage.user + usage.system) / pages,
      databaseCpu: ((cpuSeconds(this.#database.pid()) - postgres) * 1e6) / pages,
    };
  }

  async #write(n: number, last: string, lively: boolean): Promise<string> {
    const sender = this.#readers[n % people] ?? '';
    const content = `What was said as number ${n} ${'word '.repeat(n % 40)}`;
    const replyToId = lively && n % 5 === 4 ? last : undefined;
    const { message } = await sendMessage(sender, this.#roomId, { content, replyToId, attachmentIds: [] });
    for (let reactor = 0; lively && n % 3 === 0 && reactor < 3; reactor += 1)
      await addReaction(this.#readers[(n + reactor) % people] ?? '', message.id, reactor % 2 ? '🎉' : '👍');
    return message.id;
  }

  #nextReader(): () => string {
    let turn = 0;
    return () => this.#readers[turn++ % people] ?? '';
  }
}
