import type { ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { crowd } from '@/bench/load/crowd';
import { end, program, reply } from '@/bench/load/process';
import type { StormOrder, StormOutcome, TabsPlan } from '@/bench/load/storm';
import type { ParleySubject } from '@/bench/load/subject';
import type { TabPlan } from '@/bench/load/tab';
import { WireClient } from '@/bench/load/wire';
import type { Account } from '@/bench/load/workspace';
import { watch } from '@/bench/scenarios/idle';

export const people = 5_000;
const roomSize = 50;
/** Rooms overlap, so that every person is in five. */
const stride = 10;
const missedMessages = 10;

export interface StormFigures extends StormOutcome {
  /** ms from the loss of the connections until the server accepts new ones */
  away: number;
  /** microseconds of CPU per reconnecting client */
  server: number;
  database: number;
}

/** Tabs that lose their server. Each person is in five groups, and each tab shows one that has ten messages it has not received. */
export class Storm {
  readonly #subject: ParleySubject;
  readonly #child: ChildProcess;

  private constructor(subject: ParleySubject, child: ChildProcess) {
    this.#subject = subject;
    this.#child = child;
  }

  static async prepare(subject: ParleySubject, databaseUrl: string): Promise<Storm> {
    const accounts = await crowd(databaseUrl, people);
    const rooms: string[] = [];
    for (let first = 0; first < people; first += stride) {
      const members = Array.from({ length: roomSize }, (_, position) => accounts[(first + position) % people] as Account);
      const room = await subject.room(members);
      await sendMessages(subject.port, members[0]?.auth ?? {}, room.id);
      rooms.push(room.id);
    }
    const tabs = await tabsOf(databaseUrl, accounts, rooms);
    const child = program('bench/load/storm.ts');
    child.send({ port: subject.port, tabs } satisfies TabsPlan);
    await reply(child, 300_000);
    return new Storm(subject, child);
  }

  /** Runs one storm. @throws when its audit fails */
  async run(order: StormOrder): Promise<StormFigures> {
    const used = watch(this.#subject);
    this.#child.send(order);
    const outcome = reply<StormOutcome>(this.#child, 300_000);
    const startedAt = performance.now();
    if (order.cutBy === 'server') await this.#subject.restart();
    const away = order.cutBy === 'server' ? performance.now() - startedAt : 0;
    const since = order.cutBy === 'server' ? watch(this.#subject) : used;
    const { returns, missed } = await outcome;
    const { server } = since(people);
    if (missed > 0)
      throw new Error(`the audit found ${missed} of ${people} tabs that did not receive the message afterwards exactly once`);
    return { returns, missed, away, server, database: used(people).database };
  }

  async stop(): Promise<void> {
    await end(this.#child);
  }
}

async function sendMessages(port: number, auth: object, conversationId: string): Promise<void> {
  const wire = await WireClient.connect(port, auth);
  for (let count = 0; count < missedMessages; count += 1) {
    const input = { conversationId, clientMessageId: crypto.randomUUID(), content: `Message number ${count}.` };
    await wire.request('message.send', JSON.stringify(input));
  }
  wire.close();
}

async function tabsOf(databaseUrl: string, accounts: Account[], rooms: string[]): Promise<TabPlan[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; lastRev: number }>('SELECT id, "lastRev" FROM "Conversation"');
  await client.query('ANALYZE');
  await client.end();
  const heads = new Map(rows.map(({ id, lastRev }) => [id, lastRev]));
  return accounts.map(({ token }, index) => {
    const conversationId = rooms[Math.floor(index / stride)] ?? '';
    const head = heads.get(conversationId) ?? 0;
    return { token, conversationId, head, since: head - missedMessages };
  });
}
