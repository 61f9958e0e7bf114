import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { deleteMessage, editMessage } from '@/lib/domain/messages/message';
import { addReaction } from '@/lib/domain/reactions/reaction';
import { membersRoom, userRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { cast } from '@/tests/support/people';
import { codeOf, postSystemMessage, say } from '@/tests/support/talk';

const { ada, grace, linus, mallory } = await cast('ada', 'grace', 'linus', 'mallory');

test('an edit changes text and mentions, takes the next rev, and is announced', async () => {
  const room = await insertGroup([ada, grace, linus]);
  const sent = await say(ada, room, 'Helo @grace');
  const capture = captureEvents();
  const edited = await editMessage(ada.id, sent.id, 'Hello @linus', room);
  expect(edited).toMatchObject({ id: sent.id, seq: 1, rev: 2, content: 'Hello @linus', mentions: [linus.id] });
  expect(edited.editedAt).not.toBeNull();
  const [heard] = capture.named('message.edited');
  expect(heard).toMatchObject({ rooms: [membersRoom(room)], payload: { message: edited } });
  const told = new Map(capture.named('read.updated').map(({ rooms, payload }) => [rooms[0], payload.mentionCount]));
  expect(told).toEqual(
    new Map([
      [userRoom(grace.id), 0],
      [userRoom(linus.id), 1],
    ]),
  );
});

test('only its author edits a message; an outsider does not learn that it exists', async () => {
  const room = await insertGroup([ada, grace]);
  const elsewhere = await insertGroup([ada, grace]);
  const { id } = await say(grace, room, 'Mine');
  const capture = captureEvents();
  expect(await codeOf(editMessage(ada.id, id, 'Yours'))).toBe('FORBIDDEN');
  expect(await codeOf(editMessage(mallory.id, id, 'Yours'))).toBe('NOT_FOUND');
  expect(await codeOf(editMessage(grace.id, id, 'Yours', elsewhere))).toBe('NOT_FOUND');
  expect(await codeOf(editMessage(grace.id, randomUUID(), 'Yours'))).toBe('NOT_FOUND');
  expect(capture.events).toEqual([]);
  expect(await prisma().message.findUniqueOrThrow({ where: { id } })).toMatchObject({ content: 'Mine', rev: 1 });
});

test('a deleted message is a tombstone: its place stays, and nothing of its content', async () => {
  const room = await insertGroup([ada, grace]);
  const file = { uploaderId: grace.id, mimeType: 'image/png', name: 'x', size: 1n };
  const attachment = await prisma().attachment.create({ data: file });
  const sent = await say(grace, room, 'Secret for @ada', { attachmentIds: [attachment.id], metadata: { a: 1 } });
  const reply = await say(ada, room, 'What?', { replyToId: sent.id });
  await addReaction(ada.id, sent.id, '👍');
  const capture = captureEvents();
  const tombstone = await deleteMessage(grace.id, sent.id);
  expect(tombstone).toMatchObject({
    id: sent.id,
    seq: 1,
    rev: 4,
    content: '',
    metadata: null,
    mentions: [],
    attachments: [],
    reactions: [],
  });
  expect(tombstone.deletedAt).not.toBeNull();
  expect(capture.named('message.deleted')[0]).toMatchObject({ rooms: [membersRoom(room)], payload: { message: tombstone } });
  expect(await prisma().attachment.count({ where: { id: attachment.id } })).toBe(0);
  const again = await editMessage(ada.id, reply.id, 'What was it?');
  expect(again.replyTo).toMatchObject({ id: sent.id, content: '', deletedAt: tombstone.deletedAt, files: [] });
});

test('deleting again changes nothing, and a tombstone takes no edit and no reaction', async () => {
  const room = await insertGroup([ada, grace]);
  const { id } = await say(grace, room, 'Oops');
  const tombstone = await deleteMessage(grace.id, id);
  const capture = captureEvents();
  expect(await deleteMessage(grace.id, id)).toEqual(tombstone);
  expect(await deleteMessage(ada.id, id)).toEqual(tombstone);
  expect(await codeOf(editMessage(grace.id, id, 'Back'))).toBe('CONFLICT');
  expect(await codeOf(addReaction(ada.id, id, '👍'))).toBe('CONFLICT');
  expect(capture.events).toEqual([]);
});

test("a group's admin deletes others' messages; a member, the other side of a direct conversation, and an outsider cannot", async () => {
  const room = await insertGroup([ada, grace, linus]);
  const { id } = await say(grace, room, 'Off topic');
  expect(await codeOf(deleteMessage(linus.id, id))).toBe('FORBIDDEN');
  expect(await codeOf(deleteMessage(mallory.id, id))).toBe('NOT_FOUND');
  expect((await deleteMessage(ada.id, id)).deletedAt).not.toBeNull();
  await prisma().conversation.update({ where: { id: room }, data: { kind: 'DIRECT' } });
  const second = await say(grace, room, 'In private');
  expect(await codeOf(deleteMessage(ada.id, second.id))).toBe('FORBIDDEN');
});

test('a system message takes no seq, is never unread, and cannot be changed', async () => {
  const room = await insertGroup([ada, grace]);
  await say(ada, room, 'One');
  const capture = captureEvents();
  const note = await postSystemMessage(room, ada.id, { action: 'renamed', actorId: ada.id, name: 'New' });
  expect(note).toMatchObject({
    seq: 1,
    rev: 2,
    type: 'system',
    content: '',
    metadata: { action: 'renamed', actorId: ada.id, name: 'New' },
  });
  expect(capture.named('message.received')[0]?.payload.messages).toEqual([note]);
  expect(await codeOf(editMessage(ada.id, note.id, 'x'))).toBe('FORBIDDEN');
  expect(await codeOf(deleteMessage(ada.id, note.id))).toBe('FORBIDDEN');
  expect(await codeOf(addReaction(ada.id, note.id, '👍'))).toBe('FORBIDDEN');
  expect((await say(ada, room, 'Two')).seq).toBe(2);
});
