import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { ApiError } from '@/client/api/api';
import { drainAll, openOutbox, send, settle } from '@/client/outbox/outbox';
import { all } from '@/client/outbox/state';
import { keep, recall } from '@/client/outbox/storage';
import { isConnected, request } from '@/client/socket/socket';
import { serialize } from '@/lib/platform/async/serialize';
import { waitUntil } from '@/lib/platform/process/alive';
import { type Row, violations } from '@/tests/chaos/support/checker';
import { History } from '@/tests/chaos/support/history';
import { random, scaled } from '@/tests/chaos/support/scale';

// Node has no Web Locks before version 24.
vi.stubGlobal('navigator', { locks: { request: serialize } });
vi.mock('@/client/socket/socket', () => ({ request: vi.fn(), isConnected: vi.fn() }));
vi.mock('@/client/outbox/storage', async (importOriginal) => {
  const storage = await importOriginal<typeof import('@/client/outbox/storage')>();
  return { ...storage, keep: vi.fn(storage.keep) };
});

const room = 'room';
let people = 0;

/** A fake server that stores each message once, whether or not its answer arrives. */
class Server {
  readonly rows: Row[] = [];

  readonly #senderId: string;

  constructor(senderId: string) {
    this.#senderId = senderId;
  }

  take({ clientMessageId, content }: { clientMessageId: string; content: string }): {
    seq: number;
    rev: number;
    messageId: string;
  } {
    const known = this.rows.find((row) => row.clientMessageId === clientMessageId);
    const seq = known?.seq ?? this.rows.length + 1;
    const id = `${seq}`.padStart(6, '0');
    if (!known) this.rows.push({ id, seq, senderId: this.#senderId, clientMessageId, content });
    if (random.next() < 0.3) throw new ApiError({ code: 'UNAVAILABLE', message: 'The answer was lost.', retryAfter: 0.001 });
    return { seq, rev: seq, messageId: id };
  }
}

/** The number of finished writes of the browser's storage. */
const kept = () => vi.mocked(keep).mock.settledResults.filter(({ type }) => type !== 'incomplete').length;

/** Types messages while connections are lost and the tab crashes. @returns lost, duplicate and misordered messages */
async function typed(count: number): Promise<string[]> {
  people += 1;
  const person = `person-${people}`;
  const server = new Server(person);
  const history = new History();
  vi.mocked(request).mockImplementation(async (_event, input) => server.take(input as never) as never);
  let close = openOutbox(person);
  for (let number = 1; number <= count; number += 1) {
    // The last typed message is only in this tab's memory when it crashes.
    vi.mocked(isConnected).mockReturnValue(number < count && random.next() < 0.5);
    const before = kept();
    send(person, { conversationId: room, content: `text ${number}`, replyTo: null, attachments: [] });
    const clientMessageId = all().at(-1)?.clientMessageId ?? '';
    const operation = history.begin(person, room, clientMessageId, `text ${number}`);
    // From here on the message must survive, and later ones must follow it.
    Object.assign(operation, { tAck: performance.now(), seq: number, messageId: `${number}`.padStart(6, '0') });
    await waitUntil(() => kept() > before, 5_000);
    if (random.next() < 0.3 || number === count) {
      // A crash loses the memory, but not the storage.
      vi.mocked(isConnected).mockReturnValue(false);
      close();
      close = openOutbox(person);
    }
  }
  vi.mocked(isConnected).mockReturnValue(true);
  await recall(person);
  drainAll();
  await waitUntil(async () => (await recall(person)).length === 0, 20_000);
  settle(() => true);
  close();
  return violations({ history: history.operations, table: server.rows, lists: [] });
}

test('typed messages are stored once and in order while connections, answers and tabs are lost', async () => {
  expect(await typed(scaled(30, 300))).toEqual([]);
});

test('a browser that loses its stored data is found', async () => {
  vi.mocked(keep).mockImplementation(async (outgoing) => outgoing);
  expect((await typed(30)).join()).toContain('acknowledged and not stored');
});
