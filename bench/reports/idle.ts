import type { BroadcastTimes } from '@/bench/load/idle';
import type { Subject } from '@/bench/load/subject';
import { median, quantile, say, whole } from '@/bench/reports/table';
import { connections, idleConnections, people } from '@/bench/scenarios/idle';

export async function reportIdle(subject: Subject, databaseUrl: string): Promise<void> {
  const figures = await idleConnections(subject, databaseUrl);
  const { connects, openingCpu } = figures;
  const of = (key: keyof BroadcastTimes) => median(figures.broadcasts.map((times) => times[key])).toFixed(0);
  say(`\nidle: ${whole(connections)} connections of ${whole(people)} people on one node, all in one group`);
  say(`  held          ${figures.rss.toFixed(1)} KiB resident, ${figures.heap.toFixed(1)} heap each (garbage collected)`);
  say(`  opened        ${whole((connections / figures.connectMs) * 1_000)} a second, 50 at a time`);
  say(`                each within ${whole(median(connects))} ms (p50), ${whole(quantile(connects, 0.99))} ms (p99)`);
  say(`                server ${whole(openingCpu.server)} µs, database ${whole(openingCpu.database)} µs of processor each`);
  say(`  doing nothing ${figures.stillCpu.toFixed(1)} µs of the server's processor a second each`);
  say(`  one message to all: acked after ${of('acked')} ms, first delivered ${of('first')}, last ${of('last')} (medians of 7)`);
  say(
    `                server ${whole(figures.broadcastCpu / 1_000)} ms, ${(figures.broadcastCpu / connections).toFixed(1)} µs a delivery`,
  );
}
