import { performance } from 'node:perf_hooks';
import { Audit, type AuditReport } from '@/bench/load/audit';
import { WireClient } from '@/bench/load/wire';
import type { Message } from '@/lib/domain/messages/schema';

/** The task of a load process. */
export interface Plan {
  port: number;
  /** an auth with a `port` connects to that port, so that half of a room is on another node; servers ignore the field */
  clients: { auth: object; rooms: string[]; sends: boolean }[];
  /** the seq of each room before the run */
  from: [room: string, seq: number][];
  /** unacknowledged messages per sender; with rate, the maximum */
  inFlight: number;
  /** total messages per second; undefined to send as fast as acks arrive */
  rate?: number;
  /** size of a message's text */
  contentBytes: number;
  warmUpMs: number;
  measureMs: number;
}

export interface Outcome extends AuditReport {
  ackedPerSecond: number;
  deliveredPerSecond: number;
  /** latency of acks in the measured time span, ms */
  p50: number;
  p99: number;
  refused: number;
  /** CPU seconds of this process per second of the measured time span */
  ownCpu: number;
  /** every acknowledged message: room, seq, id, clientMessageId */
  acked: [room: string, seq: number, id: string, clientMessageId: string][];
}

interface Answer {
  ok: boolean;
  data: { messageId: string; seq: number };
}

process.once('message', async (plan: Plan) => {
  process.send?.(await drive(plan), () => process.exit(0));
});

async function drive(plan: Plan): Promise<Outcome> {
  const from = new Map(plan.from);
  const audits: Audit[] = [];
  const wires: WireClient[] = [];
  for (const client of plan.clients) {
    const { port = plan.port } = client.auth as { port?: number };
    const wire = await WireClient.connect(port, client.auth);
    const audit = new Audit(client.rooms, from);
    wire.onEvent = ([name, payload]) => {
      if (name === 'message.received') audit.received(payload as { conversationId: string; messages: Message[] });
    };
    wires.push(wire);
    audits.push(audit);
  }
  const run = new Run(plan, wires);
  await run.execute();
  await settled(plan, audits, run.lastSeq);
  for (const wire of wires) wire.close();
  return run.outcome(audits.map((audit) => audit.finish(run.lastSeq)));
}

/** One run: every sender keeps its number of messages in flight until the time is over, then waits for the remaining acks. */
class Run {
  readonly lastSeq: Map<string, number>;
  readonly #acked: Outcome['acked'] = [];
  readonly #latencies: number[] = [];
  #refused = 0;
  #measuring = false;
  #sending = true;
  #ownCpu = 0;
  #ackedInSpan = 0;
  #sent = 0;
  readonly #text: string;
  /** Unique per run, because rounds share their rooms and the server deduplicates by client id. */
  readonly #name = crypto.randomUUID();

  readonly #plan: Plan;
  readonly #wires: WireClient[];

  constructor(plan: Plan, wires: WireClient[]) {
    this.#plan = plan;
    this.#wires = wires;
    this.lastSeq = new Map(plan.from);
    this.#text = 'x'.repeat(plan.contentBytes);
  }

  async execute(): Promise<void> {
    const senders = this.#plan.clients.flatMap((client, index) => (client.sends ? [index] : []));
    const loops = this.#plan.rate ? [this.#paced(senders, this.#plan.rate)] : senders.flatMap((index) => this.#saturate(index));
    await elapse(this.#plan.warmUpMs);
    const cpu = process.cpuUsage();
    this.#measuring = true;
    await elapse(this.#plan.measureMs);
    this.#measuring = false;
    const usage = process.cpuUsage(cpu);
    this.#ownCpu = (usage.user + usage.system) / 1_000 / this.#plan.measureMs;
    this.#sending = false;
    await Promise.all(loops);
  }

  outcome(reports: AuditReport[]): Outcome {
    const sum = (key: keyof AuditReport) => reports.reduce((total, report) => total + report[key], 0);
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    const seconds = this.#plan.measureMs / 1_000;
    const audience = sum('deliveries') / Math.max(1, this.#acked.length);
    return {
      ...{ deliveries: sum('deliveries'), doubled: sum('doubled'), disordered: sum('disordered'), lost: sum('lost') },
      ...{ ackedPerSecond: this.#ackedInSpan / seconds, deliveredPerSecond: (this.#ackedInSpan * audience) / seconds },
      ...{ p50: at(0.5), p99: at(0.99), refused: this.#refused, ownCpu: this.#ownCpu, acked: this.#acked },
    };
  }

  #saturate(index: number): Promise<void>[] {
    return Array.from({ length: this.#plan.inFlight }, async () => {
      while (this.#sending) await this.#send(index);
    });
  }

  /** Open loop: sends at a fixed rate, whether or not earlier messages were acknowledged. */
  async #paced(senders: number[], rate: number): Promise<void> {
    const startedAt = performance.now();
    const pending: Promise<void>[] = [];
    while (this.#sending) {
      const due = Math.floor(((performance.now() - startedAt) / 1_000) * rate);
      for (; this.#sent < due; ) pending.push(this.#send(senders[this.#sent % senders.length] ?? 0));
      await elapse(2);
    }
    await Promise.all(pending);
  }

  async #send(index: number): Promise<void> {
    const wire = this.#wires[index];
    const rooms = this.#plan.clients[index]?.rooms ?? [];
    const room = rooms[this.#sent % rooms.length];
    if (!wire || !room) return;
    this.#sent += 1;
    const clientMessageId = `${this.#name}-${index}-${this.#sent}`;
    const startedAt = performance.now();
    const json = await wire.request(
      'message.send',
      `{"conversationId":"${room}","clientMessageId":"${clientMessageId}","content":"${this.#text}"}`,
    );
    const latency = performance.now() - startedAt;
    const [answer] = JSON.parse(json) as [Answer];
    if (!answer.ok) {
      this.#refused += 1;
      return;
    }
    this.#acked.push([room, answer.data.seq, answer.data.messageId, clientMessageId]);
    if (answer.data.seq > (this.lastSeq.get(room) ?? 0)) this.lastSeq.set(room, answer.data.seq);
    if (!this.#measuring) return;
    this.#ackedInSpan += 1;
    this.#latencies.push(latency);
  }
}

/** Waits up to 10 s until every client has every acknowledged message. Messages that are missing then count as lost. */
async function settled(plan: Plan, audits: Audit[], lastSeq: Map<string, number>): Promise<void> {
  const behind = () =>
    plan.clients.some((client, index) =>
      client.rooms.some((room) => (audits[index]?.reached(room) ?? 0) < (lastSeq.get(room) ?? 0)),
    );
  for (let waited = 0; waited < 10_000 && behind(); waited += 20) await elapse(20);
}

const elapse = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
