import { unavailable } from '@/lib/platform/errors/error';
import { processSingleton } from '@/lib/platform/process/singleton';

/** Queue length per key. Clients give up before a longer queue would reach them. */
const maxQueued = 1_000;
const timeoutMs = 10_000;

interface Queue {
  /** settles when the last work in the queue has run; never rejects */
  tail: Promise<unknown>;
  length: number;
}

const queues = () => processSingleton('lanes', () => new Map<string, Queue>());

/**
 * A mutex by key: runs the work of one key one after another, in the order of the calls. Writers that wait for one conversation's row
 * lock then hold one connection of the pool, not all of them, and events leave in the order of the commits. Not reentrant: a nested
 * call with the same key deadlocks.
 * @throws UNAVAILABLE when the queue is full, or the work waited longer than 10 s
 */
export function serialize<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const queue = queues().get(key) ?? { tail: Promise.resolve(), length: 0 };
  if (queue.length >= maxQueued) return Promise.reject(unavailable('Too much is waiting for this conversation.'));
  queues().set(key, queue);
  queue.length += 1;
  const result = queue.tail.then(withTimeout(work));
  queue.tail = result.then(
    () => leave(key, queue),
    () => leave(key, queue),
  );
  return result;
}

function withTimeout<Result>(work: () => Promise<Result>): () => Promise<Result> {
  const queuedAt = performance.now();
  return () => {
    if (performance.now() - queuedAt > timeoutMs) throw unavailable('This conversation is too busy right now.');
    return work();
  };
}

function leave(key: string, queue: Queue): void {
  queue.length -= 1;
  if (queue.length === 0) queues().delete(key);
}
