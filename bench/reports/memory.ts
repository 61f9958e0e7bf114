import type { Subject } from '@/bench/load/subject';
import { hold, row, say } from '@/bench/reports/table';
import { connections, type Held, idleMemory } from '@/bench/scenarios/memory';

export async function compareMemory(subjects: Subject[]): Promise<void> {
  const held: Held[] = [];
  for (const subject of subjects) held.push(await idleMemory(subject));
  say(`\nmemory: ${connections.toLocaleString('en')} idle connections (KiB each, garbage collected)`);
  say(row(['', 'resident', 'heap']));
  for (const [index, { rss, heap }] of held.entries()) say(row([subjects[index]?.name ?? '', rss.toFixed(1), heap.toFixed(1)]));
  const [bare, parley] = held;
  if (!bare || !parley) return;
  // Pages that a process touched before it uses again, so what is resident may grow by less than what is held: the worse of the two counts.
  const reached = Math.max(parley.rss / bare.rss, parley.heap / bare.heap);
  hold({ what: 'memory, times bare Socket.IO', reached, bound: 1.5, kind: 'most' });
}
