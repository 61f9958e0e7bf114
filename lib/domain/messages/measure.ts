import type { Outcome } from '@/lib/domain/messages/batch';
import { messageMetrics } from '@/lib/domain/messages/metrics';

/** Times a commit, and counts its messages by outcome. */
export async function measuredCommit(work: () => Promise<Outcome[]>): Promise<Outcome[]> {
  const begun = performance.now();
  const ended = (outcome: string) => messageMetrics().commit.observe({ outcome }, (performance.now() - begun) / 1_000);
  try {
    const outcomes = await work();
    ended('committed');
    count(outcomes);
    return outcomes;
  } catch (error) {
    ended('failed');
    throw error;
  }
}

function count(outcomes: Outcome[]): void {
  const { batch, messages } = messageMetrics();
  batch.observe(outcomes.length);
  const stored = outcomes.filter(({ status }) => status === 'new').length;
  const again = outcomes.filter(({ status }) => status === 'again').length;
  messages.inc({ outcome: 'stored' }, stored);
  messages.inc({ outcome: 'again' }, again);
  messages.inc({ outcome: 'refused' }, outcomes.length - stored - again);
}
