import { crowd } from '@/bench/load/crowd';
import type { Heard } from '@/bench/load/idle';
import { heldMemory } from '@/bench/load/inspector';
import { cpuSeconds, end, reply } from '@/bench/load/process';
import type { Subject } from '@/bench/load/subject';
import { open } from '@/bench/scenarios/memory';

/** The largest group that there is, each of its people with two devices. */
export const people = 5_000;
export const connections = 2 * people;
const warmUp = 250;
const broadcasts = 7;
const stillMs = 20_000;

export interface IdleFigures {
  /** KiB a connection */
  rss: number;
  heap: number;
  connectMs: number;
  /** of each connection */
  connects: number[];
  /** server and database, microseconds of processor a connection that is opened */
  openingCpu: { server: number; database: number };
  /** of the server, for each connection that does nothing: microseconds of processor a second */
  stillCpu: number;
  broadcasts: Heard[];
  /** server, microseconds of processor a broadcast */
  broadcastCpu: number;
}

/** Ten thousand signed-in connections on one node: what they cost to open, to hold, and to tell something. */
export async function idleConnections(subject: Subject, databaseUrl: string): Promise<IdleFigures> {
  const members = await crowd(databaseUrl, people);
  const room = await subject.room(members);
  const auths = members.map(({ auth }) => auth);
  const { serverPid, inspectPort, port, asks } = subject;
  await end((await open({ port, auths, asks, count: warmUp })).child);
  const before = await heldMemory(serverPid, inspectPort);
  const opening = watch(subject);
  const { child, opened } = await open({ port, auths, asks, count: connections });
  const openingCpu = opening(connections);
  const after = await heldMemory(serverPid, inspectPort);
  const still = watch(subject);
  await new Promise((resolve) => setTimeout(resolve, stillMs));
  const stillCpu = still(connections).server / (stillMs / 1_000);
  const heard: Heard[] = [];
  const telling = watch(subject);
  for (let turn = 0; turn < broadcasts; turn += 1) {
    child.send({ conversationId: room.id });
    heard.push(await reply<Heard>(child, 60_000));
  }
  const broadcastCpu = telling(broadcasts).server;
  await end(child);
  const short = heard.find(({ received }) => received !== connections);
  if (short) throw new Error(`the audit found ${short.received} deliveries of one message to ${connections} connections`);
  const each = (bytes: number) => bytes / 1_024 / connections;
  return {
    ...{ rss: each(after.rss - before.rss), heap: each(after.heapUsed - before.heapUsed) },
    ...{ connectMs: opened.tookMs, connects: opened.each, openingCpu, stillCpu, broadcasts: heard, broadcastCpu },
  };
}

/** Begins to count processor time. @returns what gives it in microseconds for each of so many */
export function watch(subject: Subject): (count: number) => { server: number; database: number } {
  const used = () => [cpuSeconds(subject.serverPid), subject.databasePid ? cpuSeconds(subject.databasePid) : 0] as const;
  const [server, database] = used();
  return (count) => {
    const [serverNow, databaseNow] = used();
    return { server: ((serverNow - server) / count) * 1e6, database: ((databaseNow - database) / count) * 1e6 };
  };
}
