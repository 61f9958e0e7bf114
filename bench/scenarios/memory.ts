import type { IdlePlan, Opened } from '@/bench/load/idle';
import { heldMemory } from '@/bench/load/inspector';
import { end, program, reply } from '@/bench/load/process';
import type { Subject } from '@/bench/load/subject';

const people = 250;
const connectionsEach = 8;
export const connections = people * connectionsEach;
/** Connections that are opened and closed before measuring, so that one-time allocations of the server don't count. */
const warmUp = 250;

export interface MemoryFigures {
  /** KiB per connection */
  rss: number;
  heap: number;
}

/** Measures the memory of an idle, signed-in connection on a server: resident and heap, after garbage collection. */
export async function idleMemory(subject: Subject): Promise<MemoryFigures> {
  const auths = (await subject.accounts(people)).map(({ auth }) => auth);
  const { serverPid, inspectPort, port, request } = subject;
  await end((await open({ port, auths, request, count: warmUp })).child);
  const before = await heldMemory(serverPid, inspectPort);
  const clients = await open({ port, auths, request, count: connections });
  const after = await heldMemory(serverPid, inspectPort);
  await end(clients.child);
  const perConnection = (bytes: number) => bytes / 1_024 / connections;
  return { rss: perConnection(after.rss - before.rss), heap: perConnection(after.heapUsed - before.heapUsed) };
}

/** Opens connections from a separate process, which keeps them until it ends. */
export async function open(plan: IdlePlan) {
  const child = program('bench/load/idle.ts');
  child.send(plan);
  return { child, opened: await reply<Opened>(child, 300_000) };
}
