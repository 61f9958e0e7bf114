import { pin } from '@/bench/load/pinning';
import { cpuSeconds } from '@/bench/load/process';
import { type Database, databaseBeside, type ParleySubject, parley } from '@/bench/load/subject';
import type { Room } from '@/bench/load/workspace';
import { Delivery, type Figures, type Shape } from '@/bench/scenarios/delivery';
import { TestRedis } from '@/tests/support/redis';

/** The servers share the first core, in which lies the "same total CPU"; all else shares the second. */
const serverCore = '0';
const otherCore = '1';

/** microseconds of processor a message: of all nodes, of PostgreSQL and of Redis */
export interface Spent {
  nodes: number;
  database: number;
  redis: number;
}

/** One node, or several, on one workspace. */
export class Cluster {
  private rooms: Room[] = [];
  private readonly samples: Spent[] = [];

  private constructor(
    readonly name: string,
    private readonly nodes: ParleySubject[],
    private readonly database: Database,
    private readonly redis: TestRedis | null,
  ) {}

  /** @param count one runs as one node does, without Redis */
  static async start(count: number, beside: Database): Promise<Cluster> {
    const redis = count > 1 ? await TestRedis.start() : null;
    const database = await databaseBeside(beside);
    const nodes: ParleySubject[] = [];
    for (let index = 0; index < count; index += 1) nodes.push(await parley(database, redis ? { REDIS_URL: redis.url } : {}));
    for (const node of nodes) pin(node.serverPid, serverCore);
    return new Cluster(count === 1 ? 'one node' : `${count} nodes and Redis`, nodes, database, redis);
  }

  /** People and rooms; every second one of each room is on the second node. */
  async prepare(shape: Shape): Promise<Delivery> {
    const [first] = this.nodes;
    if (!first) throw new Error('A cluster has a node.');
    this.rooms = [];
    const { samples } = this;
    const used = () => this.used();
    const subject = {
      ...first,
      name: this.name,
      // Asked at the beginning and the end of what is measured, and not of what checks it: so that is when all are read.
      get serverPid() {
        samples.push(used());
        return first.serverPid;
      },
      // Clients order by rev: what two nodes wrote is not held back on one for the other (docs/decisions/011).
      ordered: this.nodes.length === 1,
      accounts: async (count: number) => (await first.accounts(count)).map((account, index) => this.placed(account, index)),
      room: async (members: Parameters<ParleySubject['room']>[0]) => {
        const room = await first.room(members);
        this.rooms.push(room);
        return room;
      },
    };
    return Delivery.prepare(subject, shape);
  }

  async round(delivery: Delivery, measureMs: number): Promise<Figures & Spent> {
    this.samples.length = 0;
    const already = this.messages();
    const figures = await delivery.round(measureMs);
    const messages = this.messages() - already;
    const each = (key: keyof Spent) => (((this.samples.at(-1)?.[key] ?? 0) - (this.samples[0]?.[key] ?? 0)) / messages) * 1e6;
    return { ...figures, nodes: each('nodes'), database: each('database'), redis: each('redis') };
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) await node.stop();
    await this.redis?.stop();
  }

  private placed<Account extends { auth: object }>(account: Account, index: number): Account {
    return { ...account, auth: { ...account.auth, port: this.nodes[index % this.nodes.length]?.port } };
  }

  private used(): Spent {
    return {
      nodes: this.nodes.reduce((sum, { serverPid }) => sum + cpuSeconds(serverPid), 0),
      database: cpuSeconds(this.database.pid()),
      redis: this.redis ? cpuSeconds(this.redis.pid) : 0,
    };
  }

  /** A round's audit leaves in its rooms what was acknowledged. */
  private messages(): number {
    return this.rooms.reduce((sum, { lastSeq }) => sum + lastSeq, 0);
  }
}

/** Runs with PostgreSQL and all that this process starts on the second core, servers excepted. */
export async function pinned(database: Database, work: () => Promise<void>): Promise<void> {
  pin(process.pid, otherCore);
  pin(database.pid(), otherCore);
  try {
    await work();
  } finally {
    pin(database.pid());
    pin(process.pid);
  }
}
