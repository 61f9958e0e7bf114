import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { reserveTurns, takeTurn } from '@/lib/domain/messages/announcement-order';
import { beginRequest, enqueue, leave, trackSocket } from '@/lib/doors/sockets/backpressure';
import type { SocketCaller } from '@/lib/doors/sockets/request';
import { processSingleton } from '@/lib/platform/process/singleton';
import { MemoryLimiter } from '@/lib/platform/rate-limits/memory-window';
import { corkConnections } from '@/lib/platform/realtime/socket-io/cork';

// docs/decisions/017: only a full garbage collection frees what a message leaves in the old generation.

setFlagsFromString('--expose-gc');
const collectAll = runInNewContext('gc') as () => void;

/** So many that what the runtime itself allocates (compiled code, type feedback) is negligible. */
const turns = 20_000;
/** With a Set or a Map instead, each of these would leave 100 bytes or more. */
const bytesATurn = 50;

/** The bytes that work leaves in the old generation, after a warm-up. */
async function growthOf(work: () => void): Promise<number> {
  const rounds = async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      work();
      if (turn % 10 === 0) await new Promise(setImmediate);
    }
  };
  await rounds();
  collectAll();
  collectAll();
  const before = old();
  await rounds();
  return old() - before;
}

const old = () =>
  getHeapSpaceStatistics()
    .filter(({ space_name }) => /^(old|large_object)_space$/.test(space_name))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);

test('writing to the connections of a room', async () => {
  const server = new EventEmitter();
  corkConnections(server as Server);
  const sockets = Array.from({ length: 50 }, () => ({ write: () => true, cork: () => {}, uncork: () => {} }));
  for (const socket of sockets) server.emit('upgrade', {}, socket);
  expect(await growthOf(() => void sockets.map((socket) => socket.write()))).toBeLessThan(bytesATurn * turns);
});

test('the turns of a conversation', async () => {
  const room = new Set(['a room where much is said']);
  const turn = () => {
    const known = reserveTurns(room);
    const taken = takeTurn('a room where much is said', 1);
    known();
    taken.end();
  };
  expect(await growthOf(turn)).toBeLessThan(bytesATurn * turns);
});

test('the requests of a socket', async () => {
  const line = trackSocket({} as SocketCaller, Promise.resolve());
  const turn = () => {
    const place = { entry: { lane: 'messages' as const }, ticket: undefined, generation: undefined };
    beginRequest(line, place);
    enqueue(line, place, { lane: 'messages', keepsOrder: true });
    leave(line, place);
  };
  expect(await growthOf(turn)).toBeLessThan(bytesATurn * turns);
});

test('counting what people do against their limits', async () => {
  const limiter = new MemoryLimiter();
  const people = Array.from({ length: 50 }, (_, index) => `person ${index}`);
  const rate = { count: 5, seconds: 60 };
  expect(await growthOf(() => void people.map((person) => limiter.take(person, rate)))).toBeLessThan(bytesATurn * turns);
});

test('conversations where nothing is under way are forgotten some time, and the others never', () => {
  const open = takeTurn('busy', 2);
  for (let index = 0; index < 20_000; index += 1) takeTurn(`quiet ${index}`, 1).end();
  const { all } = processSingleton<{ all: Map<string, unknown> }>('messages.turns', () => ({ all: new Map() }));
  expect(all.size).toBeLessThan(3_000);
  expect(takeTurn('busy', 3).before()).not.toBeNull();
  open.end();
});
