import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Device } from '@/tests/chaos/support/device';
import { noDeduplication, numbersFromASequence, withMutation } from '@/tests/chaos/support/mutation';
import { sendEach } from '@/tests/chaos/support/outbox';
import { report, scaled } from '@/tests/chaos/support/scale';
import { type Room, Stage } from '@/tests/chaos/support/stage';
import { startServer } from '@/tests/support/server';

const senders = 50;
/** the origins of both nodes */
const secret = 'what two nodes have to share, 32 characters or more';
const minutes = 60_000;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.of(senders, { AUTH_SECRET: secret });
}, 2 * minutes);

afterEach(() => stage.clear());

afterAll(() => stage.end(), minutes);

const told = (devices: Device[], { id }: Room) =>
  devices.map((device) => device.timeline(id)).filter(({ doubled, disordered }) => doubled + disordered > 0);

test(
  'seq is 1 to n and agrees with the order of ids when many send at once',
  async () => {
    const count = scaled(2_000, 20_000);
    const room = await stage.room();
    const devices = await stage.devices([room]);
    const begin = performance.now();
    await sendEach(devices, room.history, room.id, count / senders);
    const seconds = (performance.now() - begin) / 1_000;
    expect(await room.judge(devices)).toEqual([]);
    expect(await stage.tables.head(room.id)).toMatchObject({ lastSeq: count });
    expect(told(devices, room), 'who was told twice or out of order').toEqual([]);
    report(`${count} messages from ${senders} at once: ${Math.round(count / seconds)} a second, each told to ${senders}`);
  },
  10 * minutes,
);

test(
  'the same holds on two nodes of one database',
  async () => {
    const count = scaled(1_000, 10_000);
    const other = await startServer({ AUTH_SECRET: secret, DATABASE_URL: stage.tables.url });
    try {
      const room = await stage.room();
      const half = senders / 2;
      const devices = [
        ...(await stage.devices([room], stage.people.slice(0, half))),
        ...(await stage.devices([room], stage.people.slice(half), {}, other.origin)),
      ];
      await sendEach(devices, room.history, room.id, count / senders);
      await Promise.all(devices.map((device) => device.askHeads()));
      expect(await room.judge(devices)).toEqual([]);
      expect(await stage.tables.head(room.id)).toMatchObject({ lastSeq: count });
    } finally {
      stage.clear();
      await other.stop();
    }
  },
  10 * minutes,
);

test('numbers from a sequence are found', async () => {
  const rooms = [await stage.room(), await stage.room()] as const;
  const [first, second] = rooms;
  const devices = await stage.devices([first, second], stage.people.slice(0, 20));
  await withMutation(stage.tables, numbersFromASequence, () =>
    Promise.all(rooms.map(({ history, id }) => sendEach(devices, history, id, 5))),
  );
  expect((await first.judge(devices)).join()).toContain('out of number');
});

const retries = 1_000;

/** Sends one message of one person repeatedly from ten devices at once, while others send too. */
async function retry(room: Room): Promise<{ devices: Device[]; ids: Set<string>; seqs: Set<number> }> {
  const [author, ...others] = stage.people;
  if (!author) throw new Error('There is nobody.');
  // A hundred answers for each: on a busy machine the last one takes its time.
  const devices = await stage.devices([room], Array(10).fill(author), { patienceMs: minutes });
  const bystanders = await stage.devices([room], others.slice(0, 5));
  const content = 'once';
  const message = { conversationId: room.id, clientMessageId: 'again-and-again', content };
  const noise = sendEach(bystanders, room.history, room.id, 20, 1);
  const answers = Array.from({ length: retries }, async (_, index) => {
    const operation = room.history.begin(author.id, room.id, message.clientMessageId, content);
    const answer = await devices[index % devices.length]?.ask('message.send', message);
    if (!answer?.ok) throw new Error(`A retry was not answered well: ${JSON.stringify(answer)}`);
    room.history.ack(operation, answer.data);
    return answer.data;
  });
  const data = await Promise.all(answers);
  await noise;
  return {
    devices: [...devices, ...bystanders],
    ids: new Set(data.map(({ messageId }) => messageId)),
    seqs: new Set(data.map(({ seq }) => seq)),
  };
}

test('1,000 retries on ten connections store one message, emit one event, and all get the same answer', async () => {
  const room = await stage.room();
  const { devices, ids, seqs } = await retry(room);
  expect([ids.size, seqs.size]).toEqual([1, 1]);
  expect(await room.judge(devices)).toEqual([]);
  expect(told(devices, room)).toEqual([]);
  const shown = devices.map(
    (device) =>
      device
        .timeline(room.id)
        .list()
        .filter(({ content }) => content === 'once').length,
  );
  expect(new Set(shown)).toEqual(new Set([1]));
});

test('a retry that is stored as a new message is found', async () => {
  const room = await stage.room();
  const broken = await withMutation(stage.tables, noDeduplication, async () => room.judge((await retry(room)).devices));
  expect(broken.join()).toContain('1 stored more than once: again-and-again');
});
