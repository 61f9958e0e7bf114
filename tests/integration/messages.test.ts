import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { quoteOf } from '@/client/state/quotes';
import { createDirect } from '@/lib/domain/conversations/conversation';
import { sendMessage } from '@/lib/domain/messages/message';
import { sendMessageSchema } from '@/lib/domain/messages/schema';
import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { cast } from '@/tests/support/people';
import { codeOf, say } from '@/tests/support/talk';

process.env.RATE_LIMIT_MESSAGE = '25/60';

const people = await cast('ada', 'grace', 'linus', 'margaret', 'alan', 'mallory');
const { ada, grace, linus, margaret, alan, mallory } = people;

test('a message is stored with all its fields, numbered, and announced to everybody in the conversation', async () => {
  const room = await insertGroup([ada, grace]);
  const capture = captureEvents();
  const message = await say(ada, room, 'Hello', { metadata: { colour: 'red' } });
  expect(message).toMatchObject({
    conversationId: room,
    seq: 1,
    rev: 1,
    sender: { id: ada.id, name: ada.name, handle: 'ada', image: null },
    type: 'text',
    content: 'Hello',
    metadata: { colour: 'red' },
    mentions: [],
    attachments: [],
    replyTo: null,
    reactions: [],
    editedAt: null,
    deletedAt: null,
  });
  expect(message.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const [heard] = capture.named('message.received');
  expect(heard?.rooms).toEqual([membersRoom(room)]);
  expect(heard?.payload).toEqual({ conversationId: room, messages: [message] });
});

test("the sender's other devices learn that their own message is read", async () => {
  const room = await insertGroup([ada, grace]);
  const capture = captureEvents();
  await say(ada, room, 'One');
  const [told] = capture.named('read.updated');
  expect(told?.rooms).toEqual([userRoom(ada.id)]);
  expect(told?.payload).toEqual({ conversationId: room, lastReadSeq: 1, unreadCount: 0, mentionCount: 0, version: 1 });
});

test('a sender with unread messages keeps the pointer, and their own message is not unread', async () => {
  const room = await insertGroup([ada, grace]);
  await say(grace, room, 'Unseen by Ada');
  const capture = captureEvents();
  await say(ada, room, 'From an outbox');
  expect(capture.named('read.updated')).toEqual([]);
  const where = { conversationId_userId: { conversationId: room, userId: ada.id } };
  const participant = await prisma().participant.findUniqueOrThrow({ where });
  expect(participant).toMatchObject({ lastReadSeq: 0, ownSinceRead: 1 });
});

test('the other side of a direct conversation receives the conversation with its first message, before that message', async () => {
  const capture = captureEvents();
  const { conversation } = await createDirect(ada.id, grace.id);
  expect(capture.heardBy(userRoom(grace.id))).toEqual([]);
  capture.clear();
  await say(ada, conversation.id, 'Hi');
  await say(ada, conversation.id, 'Are you there?');
  const order = capture.events.map(({ event }) => event).filter((event) => event !== 'read.updated');
  expect(order).toEqual(['conversation.created', 'message.received', 'message.received']);
  const [created] = capture.named('conversation.created');
  expect(created?.rooms).toEqual([userRoom(grace.id)]);
  expect(created?.payload.conversation).toMatchObject({ id: conversation.id, me: { unreadCount: 1 } });
  expect(capture.moves).toContainEqual({
    sockets: [userRoom(grace.id)],
    action: 'join',
    rooms: [membersRoom(conversation.id)],
  });
});

test('a retry is one message, is announced once, and costs nothing', async () => {
  const room = await insertGroup([margaret, grace]);
  const capture = captureEvents();
  const clientMessageId = randomUUID();
  const input = sendMessageSchema.parse({ content: 'Once', clientMessageId });
  const first = await sendMessage(margaret.id, room, input);
  expect(first.again).toBe(false);
  for (let retry = 0; retry < 40; retry += 1) {
    const { message, again } = await sendMessage(margaret.id, room, { ...input, content: 'Something else' });
    expect(again).toBe(true);
    expect(message).toEqual(first.message);
  }
  expect(capture.named('message.received')).toHaveLength(1);
  expect(await prisma().message.count({ where: { conversationId: room } })).toBe(1);
});

test('over the limit a new message is refused, but the retry of a stored one is answered and frees nothing', async () => {
  const room = await insertGroup([alan, grace]);
  const clientMessageId = randomUUID();
  for (let n = 0; n < 25; n += 1) await say(alan, room, 'Spam', n === 0 ? { clientMessageId } : {});
  const refused = await say(alan, room, 'One too many').catch((error) => error.toWire());
  expect(refused).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED', limit: 25, window: 60 });
  expect(refused.retryAfter).toBeGreaterThan(0);
  expect((await say(alan, room, 'Spam', { clientMessageId })).seq).toBe(1);
  expect(await codeOf(say(alan, room, 'One too many'))).toBe('RATE_LIMIT_EXCEEDED');
  expect(await prisma().message.count({ where: { conversationId: room } })).toBe(25);
});

test('one clientMessageId of two people, or in two conversations, names different messages', async () => {
  const [room, other] = [await insertGroup([linus, grace]), await insertGroup([linus, grace])];
  const clientMessageId = 'the-same_1';
  const ids = new Set([
    (await say(linus, room, 'a', { clientMessageId })).id,
    (await say(grace, room, 'b', { clientMessageId })).id,
    (await say(linus, other, 'c', { clientMessageId })).id,
  ]);
  expect(ids.size).toBe(3);
});

test('legal text is stored as typed', async () => {
  const room = await insertGroup([linus, grace]);
  const texts = [
    '<script>alert(1)</script>',
    '\u202Eright to left',
    '🧑‍🚀'.repeat(2_666),
    '  spaces  \n\n',
    "'; DROP TABLE x; --",
    '\\ \\u0000 %s',
  ];
  for (const text of texts) expect((await say(linus, room, text)).content).toBe(text);
});

test('metadata is stored as sent, at any depth', async () => {
  const room = await insertGroup([linus, grace]);
  const deep = JSON.parse(`{"a":${'['.repeat(2_000)}${']'.repeat(2_000)},"quote":"\\"{}\\\\"}`);
  expect((await say(linus, room, 'deep', { metadata: deep })).metadata).toEqual(deep);
});

test('an outsider cannot send, and leaves no trace', async () => {
  const room = await insertGroup([linus, grace]);
  const capture = captureEvents();
  expect(await codeOf(say(mallory, room, 'Let me in'))).toBe('NOT_FOUND');
  expect(await codeOf(say(mallory, randomUUID(), 'Anybody?'))).toBe('NOT_FOUND');
  expect(capture.events).toEqual([]);
  expect(await prisma().message.count({ where: { senderId: mallory.id } })).toBe(0);
  expect(await prisma().sent.count({ where: { senderId: mallory.id } })).toBe(0);
});

test('a person who left cannot send, not even retry an earlier message', async () => {
  const room = await insertGroup([linus, grace]);
  await say(grace, room, 'Still here', { clientMessageId: 'g1' });
  await prisma().participant.updateMany({ where: { conversationId: room, userId: grace.id }, data: { leftAt: new Date() } });
  expect(await codeOf(say(grace, room, 'Gone'))).toBe('NOT_FOUND');
  expect(await codeOf(say(grace, room, 'Still here', { clientMessageId: 'g1' }))).toBe('NOT_FOUND');
});

test('a reply shows its target’s current state, and its target must be in the same conversation', async () => {
  const [room, elsewhere] = [await insertGroup([linus, grace]), await insertGroup([linus, mallory])];
  const target = await say(linus, room, 'Question?');
  const foreign = await say(mallory, elsewhere, 'Secret');
  const reply = await say(grace, room, 'Answer.', { replyToId: target.id });
  expect(reply.replyTo).toEqual(quoteOf(target));
  expect(reply.replyTo).toMatchObject({
    id: target.id,
    seq: 1,
    type: 'text',
    content: 'Question?',
    deletedAt: null,
    files: [],
  });
  for (const replyToId of [foreign.id, randomUUID()])
    expect(await codeOf(say(grace, room, 'x', { replyToId }))).toBe('NOT_FOUND');
});

test('the type comes from the attachments, which must be unused and the sender’s own', async () => {
  const room = await insertGroup([linus, grace]);
  const upload = async (uploaderId: string, mimeType: string) => {
    const data = { uploaderId, mimeType, name: 'x', size: 1n };
    return (await prisma().attachment.create({ data })).id;
  };
  const [image, another, sound] = [
    await upload(linus.id, 'image/png'),
    await upload(linus.id, 'image/gif'),
    await upload(linus.id, 'audio/ogg'),
  ];
  const pictures = await say(linus, room, '', { attachmentIds: [another, image] });
  expect(pictures.type).toBe('image');
  expect(pictures.attachments.map(({ id }) => id)).toEqual([another, image]);
  expect((await say(linus, room, '', { attachmentIds: [sound] })).type).toBe('audio');
  const reply = await say(grace, room, 'Nice', { replyToId: pictures.id });
  expect(reply.replyTo, 'a quote says what it is that has no text').toMatchObject({
    type: 'image',
    content: '',
    files: ['x', 'x'],
  });
  const mixed = [await upload(linus.id, 'image/png'), await upload(linus.id, 'video/mp4')];
  expect((await say(linus, room, 'both', { attachmentIds: mixed })).type).toBe('file');
  const theirs = await upload(grace.id, 'image/png');
  for (const id of [image, theirs, randomUUID()])
    expect(await codeOf(say(linus, room, '', { attachmentIds: [id] }))).toBe('NOT_FOUND');
});

test('a mention is a member’s handle, once, and not the author’s', async () => {
  const room = await insertGroup([linus, grace, margaret]);
  const message = await say(linus, room, '@Grace and @grace, @mallory @linus: `@margaret` mail@margaret.org');
  expect(message.mentions).toEqual([grace.id]);
});
