import type { ParleySubject } from '@/bench/load/subject';
import { median, say, whole } from '@/bench/reports/table';
import { measurePages } from '@/bench/scenarios/page';

export async function reportPage(subject: ParleySubject): Promise<void> {
  const { rounds, bytes } = await measurePages(subject);
  const of = (part: 'server' | 'database') => whole(median(rounds.map((round) => round[part])));
  say('\npage: the page of a conversation, with 20 conversations in the list and 50 messages, one request at a time');
  say(`  server ${of('server')} µs, database ${of('database')} µs of processor a page (medians of ${rounds.length} rounds)`);
  say(`  ${whole(bytes)} bytes before compression`);
}
