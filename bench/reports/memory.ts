import type { Subject } from '@/bench/load/subject';
import { checkTarget, row, say } from '@/bench/reports/table';
import { connections, idleMemory, type MemoryFigures } from '@/bench/scenarios/memory';

export async function compareMemory(subjects: Subject[]): Promise<void> {
  const figures: MemoryFigures[] = [];
  for (const subject of subjects) figures.push(await idleMemory(subject));
  say(`\nmemory: ${connections.toLocaleString('en')} idle connections (KiB each, garbage collected)`);
  say(row(['', 'resident', 'heap']));
  for (const [index, { rss, heap }] of figures.entries())
    say(row([subjects[index]?.name ?? '', rss.toFixed(1), heap.toFixed(1)]));
  const [bare, parley] = figures;
  if (!bare || !parley) return;
  // A process reuses pages that it touched before, so resident memory may grow less than the heap. Use the worse of both ratios.
  const reached = Math.max(parley.rss / bare.rss, parley.heap / bare.heap);
  checkTarget({ what: 'memory, times bare Socket.IO', reached, bound: 1.5, kind: 'most' });
}
