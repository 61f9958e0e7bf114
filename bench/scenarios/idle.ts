import { crowd } from '@/bench/load/crowd';
import type { BroadcastTimes } from '@/bench/load/idle';
import { heldMemory } from '@/bench/load/inspector';
import { cpuSeconds, end, reply } from '@/bench/load/process';
import type { Subject } from '@/bench/load/subject';
import { open } from '@/bench/scenarios/memory';

/** The maximum size of a group; each of its people has two devices. */
export const people = 5_000;
export const connections = 2 * people;
const warmUp = 250;
const broadcasts = 7;
const stillMs = 20_000;

export interface IdleFigures {
  /** KiB per connection */
  rss: number;
  heap: number;
  connectMs: number;
  /** ms per connection */
  connects: number[];
  /** microseconds of CPU per opened connection */
  openingCpu: { server: number; database: number };
  /** microseconds of the server's CPU per second and idle connection */
  stillCpu: number;
  broadcasts: BroadcastTimes[];
  /** microseconds of the server's CPU per broadcast */
  broadcastCpu: number;
}

/** Measures ten thousand signed-in connections on one node: the cost to open them, to keep them, and to broadcast to them. */
export async function idleConnections(subject: Subject, databaseUrl: string): Promise<IdleFigures> {
  const members = await crowd(databaseUrl, people);
  const room = await subject.room(members);
  const auths = members.map(({ auth }) => auth);
  const { serverPid, inspectPort, port, request } = subject;
  await end((await open({ port, auths, request, count: warmUp })).child);
  const before = await heldMemory(serverPid, inspectPort);
  const openWatch = watch(subject);
  const { child, opened } = await open({ port, auths, request, count: connections });
  const openingCpu = openWatch(connections);
  const after = await heldMemory(serverPid, inspectPort);
  const idleWatch = watch(subject);
  await new Promise((resolve) => setTimeout(resolve, stillMs));
  const stillCpu = idleWatch(connections).server / (stillMs / 1_000);
  const times: BroadcastTimes[] = [];
  const broadcastWatch = watch(subject);
  for (let turn = 0; turn < broadcasts; turn += 1) {
    child.send({ conversationId: room.id });
    times.push(await reply<BroadcastTimes>(child, 60_000));
  }
  const broadcastCpu = broadcastWatch(broadcasts).server;
  await end(child);
  const incomplete = times.find(({ received }) => received !== connections);
  if (incomplete)
    throw new Error(`the audit found ${incomplete.received} deliveries of one message to ${connections} connections`);
  const each = (bytes: number) => bytes / 1_024 / connections;
  return {
    ...{ rss: each(after.rss - before.rss), heap: each(after.heapUsed - before.heapUsed) },
    ...{ connectMs: opened.tookMs, connects: opened.each, openingCpu, stillCpu, broadcasts: times, broadcastCpu },
  };
}

/** Starts to measure CPU time. @returns a function that gives the microseconds since then, divided by `count` */
export function watch(subject: Subject): (count: number) => { server: number; database: number } {
  const used = () => [cpuSeconds(subject.serverPid), subject.databasePid ? cpuSeconds(subject.databasePid) : 0] as const;
  const [server, database] = used();
  return (count) => {
    const [serverNow, databaseNow] = used();
    return { server: ((serverNow - server) / count) * 1e6, database: ((databaseNow - database) / count) * 1e6 };
  };
}
