import type { IdlePlan, Opened } from '@/bench/load/idle';
import { heldMemory } from '@/bench/load/inspector';
import { end, program, reply } from '@/bench/load/process';
import type { Subject } from '@/bench/load/subject';

const people = 250;
const connectionsEach = 8;
export const connections = people * connectionsEach;
/** Opened and closed before measuring: what a server needs once it has, and the rest is a connection's. */
const warmUp = 250;

export interface Held {
  /** KiB a connection */
  rss: number;
  heap: number;
}

/** What an idle, signed-in connection costs a server: resident memory, and heap, both after collecting garbage. */
export async function idleMemory(subject: Subject): Promise<Held> {
  const auths = (await subject.accounts(people)).map(({ auth }) => auth);
  const { serverPid, inspectPort, port, asks } = subject;
  await end((await open({ port, auths, asks, count: warmUp })).child);
  const before = await heldMemory(serverPid, inspectPort);
  const clients = await open({ port, auths, asks, count: connections });
  const after = await heldMemory(serverPid, inspectPort);
  await end(clients.child);
  const each = (bytes: number) => bytes / 1_024 / connections;
  return { rss: each(after.rss - before.rss), heap: each(after.heapUsed - before.heapUsed) };
}

/** Opens the connections from a process of their own, which holds them until it is ended. */
export async function open(plan: IdlePlan) {
  const child = program('bench/load/idle.ts');
  child.send(plan);
  return { child, opened: await reply<Opened>(child, 300_000) };
}
