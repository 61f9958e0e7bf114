import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import * as changes from '@/app/api/conversations/[id]/changes/route';
import * as reactions from '@/app/api/conversations/[id]/messages/[messageId]/reactions/[emoji]/route';
import * as message from '@/app/api/conversations/[id]/messages/[messageId]/route';
import * as messages from '@/app/api/conversations/[id]/messages/route';
import * as read from '@/app/api/conversations/[id]/read/route';
import * as unread from '@/app/api/conversations/[id]/unread/route';
import * as olderRead from '@/app/api/messages/conversations/[id]/read/route';
import * as olderSend from '@/app/api/messages/send/route';
import { signAccessToken } from '@/lib/domain/accounts/access-token';
import { openSession } from '@/lib/domain/sessions/session';
import { prisma } from '@/lib/platform/db/prisma';
import { insertGroup } from '@/tests/support/conversations';
import { cast, type Person } from '@/tests/support/people';
import { type Ask, ask } from '@/tests/support/requests';

process.env.AUTH_SECRET ??= 'a secret of 32 characters or more, for tests alone';

const { ada, grace, mallory } = await cast('ada', 'grace', 'mallory');
let as: Record<'ada' | 'grace' | 'mallory', string>;
let room: string;

async function tokenOf(person: Person): Promise<string> {
  const session = await openSession(person.id, { device: 'Test', address: '127.0.0.1' });
  return (await signAccessToken(person.id, session.id)).token;
}

beforeAll(async () => {
  as = { ada: await tokenOf(ada), grace: await tokenOf(grace), mallory: await tokenOf(mallory) };
  room = await insertGroup([ada, grace]);
});

const send = (given: Ask = {}) =>
  ask(messages.POST, { method: 'POST', token: as.ada, params: { id: room }, body: { content: 'Hello' }, ...given });

test('a new message is 201, its retry 200 with the same message', async () => {
  const body = { content: 'Hello', clientMessageId: randomUUID() };
  const first = await send({ body });
  expect(first).toMatchObject({ status: 201, body: { message: { content: 'Hello', clientMessageId: body.clientMessageId } } });
  expect(await send({ body })).toMatchObject({ status: 200, body: first.body });
  const generated = await send();
  expect(generated.body.message.clientMessageId).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

test('editing answers with the message, deleting with 204, also when repeated', async () => {
  const { id } = (await send()).body.message;
  const params = { id: room, messageId: id.toUpperCase() };
  const edited = await ask(message.PATCH, { method: 'PATCH', token: as.ada, params, body: { content: 'Edited' } });
  expect(edited).toMatchObject({ status: 200, body: { message: { id, content: 'Edited' } } });
  const foreign = await ask(message.PATCH, { method: 'PATCH', token: as.grace, params, body: { content: 'Edited' } });
  expect(foreign).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
  for (let time = 0; time < 2; time += 1)
    expect(await ask(message.DELETE, { method: 'DELETE', token: as.ada, params })).toMatchObject({ status: 204, body: '' });
  const late = await ask(message.PATCH, { method: 'PATCH', token: as.ada, params, body: { content: 'Back' } });
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
});

test('a reaction is added and removed by its emoji in the path, encoded or not', async () => {
  const { id } = (await send()).body.message;
  const at = (emoji: string) => ({ token: as.grace, params: { id: room, messageId: id, emoji } });
  const put = await ask(reactions.PUT, { method: 'PUT', ...at(encodeURIComponent('❤️')) });
  expect(put).toMatchObject({ status: 200, body: { message: { reactions: [{ emoji: '❤️', count: 1, mine: true }] } } });
  const taken = await ask(reactions.DELETE, { method: 'DELETE', ...at('❤️') });
  expect(taken).toMatchObject({ status: 200, body: { message: { reactions: [] } } });
  for (const emoji of ['x', '%', '%E0%A4%A', '👍👍', '<script>'])
    expect(await ask(reactions.PUT, { method: 'PUT', ...at(emoji) })).toMatchObject({
      status: 400,
      body: { error: { fields: { emoji: expect.any(String) } } },
    });
});

test('history and changes answer with pages', async () => {
  const place = await insertGroup([ada, grace]);
  const given = { token: as.grace, params: { id: place } };
  const { message: sent } = (await send({ params: { id: place } })).body;
  const page = await ask(messages.GET, { ...given, path: '/api?limit=1' });
  expect(page.status).toBe(200);
  expect(page.body).toEqual({ messages: [sent], prevCursor: null, nextCursor: null, hasMore: false });
  const feed = await ask(changes.GET, { ...given, path: '/api?since=0' });
  expect(feed.body).toMatchObject({ messages: [sent], rev: 1, more: false, reset: false, conversation: { id: place } });
  for (const path of ['/api', '/api?since=x', '/api?since=-1', '/api?since=0&limit=0'])
    expect(await ask(changes.GET, { ...given, path })).toMatchObject({ status: 400 });
  for (const path of ['/api?limit=0', '/api?before=x', `/api?before=${sent.id}&after=${sent.id}`])
    expect(await ask(messages.GET, { ...given, path })).toMatchObject({ status: 400 });
});

test('reading needs no body, and older clients read and send under their own paths', async () => {
  const place = await insertGroup([ada, grace]);
  const sent = { conversationId: place, messageText: 'Older', messageType: 'image' };
  const older = await ask(olderSend.POST, { token: as.ada, body: sent });
  expect(older).toMatchObject({ status: 201, body: { message: { content: 'Older', type: 'text', seq: 1 } } });
  await ask(olderSend.POST, { token: as.ada, body: sent });
  const given = { method: 'PUT', token: as.grace, params: { id: place } };
  expect(await ask(read.PUT, { ...given, body: { seq: 1 } })).toMatchObject({
    status: 200,
    body: { lastReadSeq: 1, unreadCount: 1 },
  });
  expect(await ask(olderRead.PUT, given)).toMatchObject({ status: 200, body: { lastReadSeq: 2, unreadCount: 0 } });
  expect(await ask(unread.PUT, { ...given, body: { seq: 2 } })).toMatchObject({ body: { lastReadSeq: 1, unreadCount: 1 } });
  for (const body of [{}, { seq: 0 }, { seq: 3 }, { seq: '2x' }, { seq: 2 ** 31 }])
    expect(await ask(unread.PUT, { ...given, body })).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_FAILED' } },
    });
});

test('an older client gets the confirmation that it expects, and its message is stored once', async () => {
  const place = await insertGroup([ada, grace]);
  // Parsed like in that client, which reports a failure for any other shape.
  const sendAsOlder = async (more: object = {}) => {
    const body = { conversationId: place, messageText: 'Older', messageType: 'text', attachmentUrl: null, ...more };
    const { body: answer } = await ask(olderSend.POST, { token: as.ada, body });
    if (answer.status !== 'success') throw new Error('Failed to send message');
    return answer.data.message;
  };
  const shown = await sendAsOlder({ clientMessageId: 'older-1' });
  expect(shown).toEqual({
    ...{ id: expect.any(String), senderId: ada.id, text: 'Older', messageType: 'text', isRead: false },
    ...{ attachmentUrl: null, attachmentFileName: null, timestamp: shown.createdAt, createdAt: expect.any(String) },
  });
  expect(await sendAsOlder({ clientMessageId: 'older-1' })).toEqual(shown);
  await expect(sendAsOlder({ attachmentUrl: 'https://files.example/1.png' })).rejects.toThrow('Failed to send');
  await expect(sendAsOlder({ messageText: ' ' })).rejects.toThrow('Failed to send');
  expect(await prisma().message.count({ where: { conversationId: place } })).toBe(1);
});

test('an invalid message is refused with its field, and is not stored', async () => {
  const place = await insertGroup([ada, grace]);
  const refused: [unknown, string][] = [
    [{}, 'content'],
    [{ content: ' \n ' }, 'content'],
    [{ content: 7 }, 'content'],
    [{ content: 'a'.repeat(8_001) }, 'content'],
    [{ content: 'null\u0000byte' }, 'content'],
    [{ content: 'lone \ud800 surrogate' }, 'content'],
    [{ content: 'x', clientMessageId: 'not/allowed' }, 'clientMessageId'],
    [{ content: 'x', replyToId: 'x' }, 'replyToId'],
    [{ content: 'x', attachmentIds: Array.from({ length: 11 }, () => randomUUID()) }, 'attachmentIds'],
    [{ content: 'x', metadata: [] }, 'metadata'],
    [{ content: 'x', metadata: { big: 'x'.repeat(4_096) } }, 'metadata'],
    [{ content: 'x', metadata: { nul: '\u0000' } }, 'metadata'],
    [[], 'body'],
    ['null', 'body'],
    ['{"content":', 'body'],
  ];
  for (const [body, field] of refused) {
    const answer = await send({ params: { id: place }, body });
    expect(answer, JSON.stringify(body).slice(0, 60)).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_FAILED', fields: { [field]: expect.any(String) } } },
    });
  }
  const huge = await send({ params: { id: place }, body: { content: 'x'.repeat(300_000) } });
  expect(huge).toMatchObject({ status: 413, body: { error: { code: 'PAYLOAD_TOO_LARGE' } } });
  expect(await prisma().message.count({ where: { conversationId: place } })).toBe(0);
});

test('an outsider, an unknown conversation and an invalid id get the same answer', async () => {
  const { id: messageId } = (await send()).body.message;
  const answers = [];
  for (const [token, id] of [
    [as.mallory, room],
    [as.ada, randomUUID()],
    [as.ada, 'no-id'],
  ] as const) {
    const params = { id, messageId, emoji: '👍' };
    answers.push(
      await send({ token, params }),
      await ask(messages.GET, { token, params }),
      await ask(changes.GET, { token, params, path: '/api?since=0' }),
      await ask(message.PATCH, { method: 'PATCH', token, params, body: { content: 'x' } }),
      await ask(message.DELETE, { method: 'DELETE', token, params }),
      await ask(reactions.PUT, { method: 'PUT', token, params }),
      await ask(reactions.DELETE, { method: 'DELETE', token, params }),
      await ask(read.PUT, { method: 'PUT', token, params }),
      await ask(unread.PUT, { method: 'PUT', token, params, body: { seq: 1 } }),
    );
  }
  expect(answers).toHaveLength(27);
  const [first] = answers;
  expect(first).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  for (const answer of answers) expect([answer.status, answer.body]).toEqual([first?.status, first?.body]);
});
