import { MemoryPresence } from '@/lib/domain/presence/memory-store';
import { goneAfterMs, presenceContract } from '@/tests/support/presence-contract';

presenceContract('in memory', () => {
  const gone: string[] = [];
  return { store: new MemoryPresence((userId) => gone.push(userId), goneAfterMs), gone };
});
