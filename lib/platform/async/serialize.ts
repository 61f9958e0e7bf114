import { unavailable } from '@/lib/platform/errors/error';
import { processSingleton } from '@/lib/platform/process/singleton';

/** More than this in one lane is more than a patient client waits for. */
const laneLength = 1_000;
const patienceMs = 10_000;

interface Lane {
  /** settles when the last one in the lane has run; never rejects */
  tail: Promise<unknown>;
  length: number;
}

const lanes = () => processSingleton('lanes', () => new Map<string, Lane>());

/**
 * Runs work one after another for one key, in the order asked. What waits for one conversation's row lock then holds one
 * connection of the pool, not all, and events leave in the order of the commits. Never ask for a lane inside of itself.
 * @throws UNAVAILABLE when the lane is full, or its turn did not come within 10 s
 */
export function serialize<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const lane = lanes().get(key) ?? { tail: Promise.resolve(), length: 0 };
  if (lane.length >= laneLength) return Promise.reject(unavailable('Too much is waiting for this conversation.'));
  lanes().set(key, lane);
  lane.length += 1;
  const result = lane.tail.then(inTime(work));
  lane.tail = result.then(
    () => leave(key, lane),
    () => leave(key, lane),
  );
  return result;
}

function inTime<Result>(work: () => Promise<Result>): () => Promise<Result> {
  const asked = performance.now();
  return () => {
    if (performance.now() - asked > patienceMs) throw unavailable('This conversation is too busy right now.');
    return work();
  };
}

function leave(key: string, lane: Lane): void {
  lane.length -= 1;
  if (lane.length === 0) lanes().delete(key);
}
