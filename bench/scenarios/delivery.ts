import type { Outcome, Plan } from '@/bench/load/generator';
import { cpuSeconds, end, program, reply } from '@/bench/load/process';
import type { Subject } from '@/bench/load/subject';
import type { Room } from '@/bench/load/workspace';

export interface Shape {
  rooms: number;
  members: number;
  /** number of members per room that send */
  senders: number;
  inFlight: number;
  /** total messages per second; undefined for saturated */
  rate?: number;
}

export interface Figures {
  acked: number;
  delivered: number;
  p50: number;
  p99: number;
  /** microseconds of CPU per message */
  serverCpu: number;
  databaseCpu: number;
  generatorCpu: number;
}

const contentBytes = 100;
// Between its rounds a server is idle for half a minute, so its caches, its database and its compiled code are cold.
const warmUpMs = 4_000;

/** People and rooms on one server, created once and used in every round. */
export class Delivery {
  readonly #subject: Subject;
  readonly #shape: Shape;
  readonly #rooms: { room: Room; clients: Plan['clients'] }[];

  private constructor(subject: Subject, shape: Shape, rooms: { room: Room; clients: Plan['clients'] }[]) {
    this.#subject = subject;
    this.#shape = shape;
    this.#rooms = rooms;
  }

  static async prepare(subject: Subject, shape: Shape): Promise<Delivery> {
    const accounts = await subject.accounts(shape.rooms * shape.members);
    const rooms = [];
    for (let index = 0; index < shape.rooms; index += 1) {
      const members = accounts.slice(index * shape.members, (index + 1) * shape.members);
      const room = await subject.room(members);
      const clients = members.map((member, position) => ({
        auth: { ...member.auth, rooms: [room.id] },
        rooms: [room.id],
        sends: position < shape.senders,
      }));
      rooms.push({ room, clients });
    }
    return new Delivery(subject, shape, rooms);
  }

  /** Runs one round. @throws when its audit fails */
  async round(measureMs: number): Promise<Figures> {
    const generator = program('bench/load/generator.ts');
    const plan: Plan = {
      port: this.#subject.port,
      clients: this.#rooms.flatMap(({ clients }) => clients),
      from: this.#rooms.map(({ room }) => [room.id, room.lastSeq]),
      inFlight: this.#shape.inFlight,
      ...(this.#shape.rate ? { rate: this.#shape.rate } : {}),
      ...{ contentBytes, warmUpMs, measureMs },
    };
    const before = this.#cpu();
    generator.send(plan);
    const outcome = await reply<Outcome>(generator, warmUpMs + measureMs + 60_000);
    const after = this.#cpu();
    await end(generator);
    await this.#audit(outcome);
    const perMessage = (seconds: number) => (seconds / outcome.acked.length) * 1e6;
    return {
      ...{ acked: outcome.ackedPerSecond, delivered: outcome.deliveredPerSecond, p50: outcome.p50, p99: outcome.p99 },
      serverCpu: perMessage(after.server - before.server),
      databaseCpu: perMessage(after.database - before.database),
      generatorCpu: outcome.ownCpu,
    };
  }

  #cpu() {
    const { serverPid, databasePid } = this.#subject;
    return { server: cpuSeconds(serverPid), database: databasePid ? cpuSeconds(databasePid) : 0 };
  }

  async #audit(outcome: Outcome): Promise<void> {
    const faults: Record<string, number> = { refused: outcome.refused, lost: outcome.lost, doubled: outcome.doubled };
    faults['acknowledged twice'] = outcome.acked.length - new Set(outcome.acked.map(([room, seq]) => `${room} ${seq}`)).size;
    if (this.#subject.ordered) faults.disordered = outcome.disordered;
    for (const { room } of this.#rooms) {
      const mine = outcome.acked.filter(([id]) => id === room.id);
      if (mine.length > 0 && this.#subject.reread)
        faults.misread = (faults.misread ?? 0) + (await this.#subject.reread(room.id, mine, 'x'.repeat(contentBytes)));
      room.lastSeq = mine.reduce((last, [, seq]) => Math.max(last, seq), room.lastSeq);
    }
    const found = Object.entries(faults).filter(([, count]) => count > 0);
    if (found.length > 0)
      throw new Error(`${this.#subject.name}: the audit found ${found.map(([what, count]) => `${count} ${what}`).join(', ')}`);
  }
}
