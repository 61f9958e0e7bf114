import { pin } from '@/bench/load/pinning';
import { cpuSeconds } from '@/bench/load/process';
import { type Database, databaseBeside, type ParleySubject, parley } from '@/bench/load/subject';
import type { Room } from '@/bench/load/workspace';
import { Delivery, type Figures, type Shape } from '@/bench/scenarios/delivery';
import { TestRedis } from '@/tests/support/redis';

/** All servers share the first core, so that one node and several have the same total CPU. Everything else shares the second. */
const serverCore = '0';
const otherCore = '1';

/** CPU time of all nodes, of PostgreSQL and of Redis: seconds, or microseconds per message */
export interface CpuTimes {
  nodes: number;
  database: number;
  redis: number;
}

/** One or several nodes with one workspace. */
export class Cluster {
  #rooms: Room[] = [];
  readonly #samples: CpuTimes[] = [];

  readonly #nodes: ParleySubject[];
  readonly #database: Database;
  readonly #redis: TestRedis | null;

  private constructor(
    readonly name: string,
    nodes: ParleySubject[],
    database: Database,
    redis: TestRedis | null,
  ) {
    this.#nodes = nodes;
    this.#database = database;
    this.#redis = redis;
  }

  /** @param count a single node runs without Redis */
  static async start(count: number, beside: Database): Promise<Cluster> {
    const redis = count > 1 ? await TestRedis.start() : null;
    const database = await databaseBeside(beside);
    const nodes: ParleySubject[] = [];
    for (let index = 0; index < count; index += 1) nodes.push(await parley(database, redis ? { REDIS_URL: redis.url } : {}));
    for (const node of nodes) pin(node.serverPid, serverCore);
    return new Cluster(count === 1 ? 'one node' : `${count} nodes and Redis`, nodes, database, redis);
  }

  /** Creates people and rooms. The members of each room are spread over the nodes in turn. */
  async prepare(shape: Shape): Promise<Delivery> {
    const [first] = this.#nodes;
    if (!first) throw new Error('A cluster needs a node.');
    this.#rooms = [];
    const samples = this.#samples;
    const cpuTimes = () => this.#cpuTimes();
    const subject = {
      ...first,
      name: this.name,
      // Delivery reads this at the start and the end of the measured time, and not during the audit, so sample all CPU times here.
      get serverPid() {
        samples.push(cpuTimes());
        return first.serverPid;
      },
      // Clients order messages by rev; nodes don't wait for each other (docs/decisions/011).
      ordered: this.#nodes.length === 1,
      accounts: async (count: number) => (await first.accounts(count)).map((account, index) => this.#onNode(account, index)),
      room: async (members: Parameters<ParleySubject['room']>[0]) => {
        const room = await first.room(members);
        this.#rooms.push(room);
        return room;
      },
    };
    return Delivery.prepare(subject, shape);
  }

  async round(delivery: Delivery, measureMs: number): Promise<Figures & CpuTimes> {
    this.#samples.length = 0;
    const before = this.#messages();
    const figures = await delivery.round(measureMs);
    const messages = this.#messages() - before;
    const perMessage = (key: keyof CpuTimes) =>
      (((this.#samples.at(-1)?.[key] ?? 0) - (this.#samples[0]?.[key] ?? 0)) / messages) * 1e6;
    return { ...figures, nodes: perMessage('nodes'), database: perMessage('database'), redis: perMessage('redis') };
  }

  async stop(): Promise<void> {
    for (const node of this.#nodes) await node.stop();
    await this.#redis?.stop();
  }

  #onNode<Account extends { auth: object }>(account: Account, index: number): Account {
    return { ...account, auth: { ...account.auth, port: this.#nodes[index % this.#nodes.length]?.port } };
  }

  #cpuTimes(): CpuTimes {
    return {
      nodes: this.#nodes.reduce((sum, { serverPid }) => sum + cpuSeconds(serverPid), 0),
      database: cpuSeconds(this.#database.pid()),
      redis: this.#redis ? cpuSeconds(this.#redis.pid) : 0,
    };
  }

  /** The number of acknowledged messages, which a round's audit records in its rooms. */
  #messages(): number {
    return this.#rooms.reduce((sum, { lastSeq }) => sum + lastSeq, 0);
  }
}

/** Runs work with this process, its children and PostgreSQL pinned to the second core; servers are pinned to the first. */
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
