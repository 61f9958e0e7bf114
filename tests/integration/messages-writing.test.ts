import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { editMessage, listMessages, sendMessage } from '@/lib/domain/messages/message';
import { addReaction } from '@/lib/domain/reactions/reaction';
import { pool } from '@/lib/platform/db/pool';
import { insertGroup } from '@/tests/support/conversations';
import { type Capture, captureEvents } from '@/tests/support/events';
import { eventually } from '@/tests/support/eventually';
import { lockRow } from '@/tests/support/locks';
import { cast, type Person } from '@/tests/support/people';
import { codeOf, say } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '100000/60';

const { ada, grace, linus } = await cast('ada', 'grace', 'linus');

/** The texts of each event of a conversation. */
const told = (capture: Capture, room: string) =>
  capture
    .named('message.received')
    .filter(({ payload }) => payload.conversationId === room)
    .map(({ payload }) => payload.messages.map(({ content }) => content));

/** Bypasses the input schema. */
const sendAnything = (sender: Person, room: string, content: string, clientMessageId: string = randomUUID()) =>
  sendMessage(sender.id, room, { content, clientMessageId, attachmentIds: [] });

const contents = async (room: string) =>
  (await listMessages(ada.id, room, { limit: 100 })).messages.map(({ content }) => content);

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `${from + n}`);

test('messages of one commit are announced in one event a conversation, in order, before any ack', async () => {
  const [one, two] = [await insertGroup([ada, grace]), await insertGroup([ada, grace])];
  const capture = captureEvents();
  const lock = await lockRow('Conversation', one);
  const first = say(ada, one, 'first');
  await lock.isAwaited();
  const answered: number[] = [];
  const sends = numbers(60).map(async (content, n) => {
    await say(n % 3 ? ada : grace, n % 2 ? one : two, content);
    answered.push(
      told(capture, n % 2 ? one : two)
        .flat()
        .indexOf(content),
    );
  });
  await lock.release();
  await Promise.all([first, ...sends]);
  const [even, odd] = [0, 1].map((rest) => numbers(60).filter((content) => Number(content) % 2 === rest));
  expect(told(capture, one)).toEqual([['first'], odd]);
  expect(told(capture, two)).toEqual([even]);
  expect(answered).toHaveLength(60);
  expect(answered.every((index) => index >= 0)).toBe(true);
});

test('nothing is announced or acked before the commit, and a message refused by its commit fails alone', async () => {
  const room = await insertGroup([ada, grace]);
  await refuseAtCommit('doomed');
  const capture = captureEvents();
  const lock = await lockRow('Conversation', room);
  const first = say(ada, room, 'first');
  await lock.isAwaited();
  const outcomes = numbers(20).map((content) =>
    sendAnything(grace, room, content, content === '13' ? 'doomed' : randomUUID()).then(
      () => 'stored',
      () => 'refused',
    ),
  );
  expect(capture.events).toEqual([]);
  await lock.release();
  await first;
  expect(await Promise.all(outcomes)).toEqual(numbers(20).map((content) => (content === '13' ? 'refused' : 'stored')));
  const stored = ['first', ...numbers(20).filter((content) => content !== '13')];
  expect(told(capture, room).flat()).toEqual(stored);
  expect(await contents(room)).toEqual(stored);
});

test('a message that PostgreSQL cannot store fails alone, and leaves no gap in seq', async () => {
  const [room, other] = [await insertGroup([ada, grace]), await insertGroup([ada, linus])];
  const bad = (n: number) => n === 3 || n === 40;
  const sends = await Promise.allSettled(
    numbers(50).map((content, n) => sendAnything(ada, n % 2 ? room : other, bad(n) ? 'a\u0000b' : content)),
  );
  expect(sends.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([3, 40]);
  for (const id of [room, other]) {
    const { messages } = await listMessages(ada.id, id, { limit: 100 });
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
    expect(messages).toHaveLength(24);
  }
});

test('of a thousand concurrent copies one is stored and announced, and all get its ack', async () => {
  const room = await insertGroup([ada, grace]);
  const capture = captureEvents();
  const copies = Array.from({ length: 1_000 }, () => sendAnything(ada, room, 'Once', 'the-same'));
  const answers = await Promise.all(copies);
  expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1);
  expect(answers.filter(({ again }) => !again)).toHaveLength(1);
  expect(told(capture, room)).toEqual([['Once']]);
  expect(await contents(room)).toEqual(['Once']);
});

test('a non-member in a batch with members is refused', async () => {
  const room = await insertGroup([ada, grace]);
  const outcomes = await Promise.all(numbers(20).map((content, n) => codeOf(say(n === 7 ? linus : ada, room, content))));
  expect(outcomes.filter((code) => code === 'NOT_FOUND')).toHaveLength(1);
  expect(outcomes[7]).toBe('NOT_FOUND');
  expect(await contents(room)).toEqual(numbers(20).filter((content) => content !== '7'));
});

test('events and acks agree with the history afterwards', async () => {
  const room = await insertGroup([ada, grace]);
  const capture = captureEvents();
  const { id: replyToId } = await say(grace, room, 'A question');
  const answers = await Promise.all([
    say(ada, room, 'An answer', { replyToId }),
    say(ada, room, 'Plain'),
    say(ada, room, 'For @grace and @linus and @nobody'),
    say(grace, room, 'With more', { metadata: { b: 1, a: { c: [null] } } }),
  ]);
  const { messages } = await listMessages(ada.id, room, { limit: 100 });
  const heard = capture.named('message.received').flatMap(({ payload }) => payload.messages);
  expect(messages).toHaveLength(5);
  expect(heard).toEqual(messages);
  expect(answers).toEqual(messages.slice(1));
  expect(messages[3]?.mentions).toEqual([grace.id]);
  expect(messages[1]?.replyTo?.content).toBe('A question');
});

test('a plain message costs the database one statement', async () => {
  const room = await insertGroup([ada, grace]);
  await say(ada, room, 'The first costs a statement more: it may have to introduce a direct conversation');
  const query = vi.spyOn(pg.Client.prototype, 'query');
  onTestFinished(() => query.mockRestore());
  captureEvents();
  await say(ada, room, 'Plain');
  expect(query.mock.calls.map(([statement]) => (statement as unknown as { name: string }).name)).toEqual(['messages.send.one']);
});

test('events of changes keep the order of their revs, though each takes its own way to the database', async () => {
  const room = await insertGroup([ada, grace, linus]);
  const { id } = await say(ada, room, 'To be changed');
  const capture = captureEvents();
  // The edit is committed, but its announcement is still being read.
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const query = pool().query.bind(pool()) as (statement: unknown) => Promise<unknown>;
  const reading = new Promise<void>((reached) => {
    vi.spyOn(pool(), 'query').mockImplementation(async (statement: unknown) => {
      if ((statement as { name: string }).name !== 'messages.shape') return query(statement);
      reached();
      await gate;
      return query(statement);
    });
  });
  onTestFinished(() => void vi.restoreAllMocks());
  const edited = editMessage(ada.id, id, 'Changed');
  await reading;
  const sent = say(grace, room, 'After the edit');
  await eventually(async () => expect((await stored(room)).at(-1)).toMatchObject({ rev: 3 }));
  expect(capture.events).toEqual([]);
  open();
  await Promise.all([edited, sent]);
  expect(capture.events.map(({ event }) => event).filter((event) => event !== 'read.updated')).toEqual([
    'message.edited',
    'message.received',
  ]);
});

test('concurrent sends, edits and reactions are announced in the order of their revs', async () => {
  const room = await insertGroup([ada, grace, linus]);
  const people = [ada, grace, linus];
  const capture = captureEvents();
  const act = async (person: Person) => {
    for (let n = 0; n < 40; n += 1) {
      const message = await say(person, room, `${n}`);
      if (n % 3 === 0) await editMessage(person.id, message.id, `${n} edited`);
      if (n % 4 === 0) await addReaction(person.id, message.id, '👍');
    }
  };
  await Promise.all(people.map(act));
  const revs = capture.events.flatMap(({ event, payload }) => {
    if (event === 'message.received') return (payload as { messages: { rev: number }[] }).messages.map(({ rev }) => rev);
    return event === 'read.updated' ? [] : (payload as { message: { rev: number } }).message.rev;
  });
  expect(revs).toHaveLength(3 * (40 + 14 + 10));
  expect(revs).toEqual([...revs].sort((a, b) => a - b));
});

async function stored(room: string) {
  const text = 'SELECT seq, rev, content FROM "Message" WHERE "conversationId" = $1 ORDER BY id';
  const { rows } = await pool().query<{ seq: number; rev: number; content: string }>({ text, values: [room] });
  return rows;
}

/** From now on, PostgreSQL rejects commits with this clientMessageId: not the statement, but the commit. */
async function refuseAtCommit(clientMessageId: string): Promise<void> {
  await pool().query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE check_violation USING MESSAGE = 'refused'; END $$;
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON "Sent" DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW."clientMessageId" = '${clientMessageId}') EXECUTE FUNCTION refuse();`);
}
