import { beforeEach, describe, expect, test } from 'vitest';
import {
  createDirect,
  deleteConversation,
  getConversation,
  listPublicConversations,
} from '@/lib/domain/conversations/conversation';
import { publicConversationsSchema } from '@/lib/domain/conversations/schema';
import { deleteMessage, editMessage, listChanges, listMessages } from '@/lib/domain/messages/message';
import { historySchema } from '@/lib/domain/messages/schema';
import { removeParticipant } from '@/lib/domain/participants/participant';
import { listPins, pinMessage, unpinMessage } from '@/lib/domain/pins/pin';
import { listPinsSchema } from '@/lib/domain/pins/schema';
import { membersRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { defaultLimits, setLimits } from '@/lib/platform/limits/schema';
import { insertMessage } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { makeGroup, say, team } from '@/tests/support/groups';
import type { Person } from '@/tests/support/people';
import { find, indexAll, textsFound } from '@/tests/support/search';
import { codeOf, postSystemMessage } from '@/tests/support/talk';

let ada: Person;
let grace: Person;
let linus: Person;
let mallory: Person;
let room: string;

beforeEach(async () => {
  ({ ada, grace, linus, mallory } = await team());
  room = (await makeGroup(ada, [grace, linus])).id;
});

const pinsFor = async (person: Person, query: object = {}) => {
  const { pins, nextCursor } = await listPins(person.id, room, listPinsSchema.parse(query));
  return { texts: pins.map(({ message }) => message.content), nextCursor };
};
const system = async () => {
  const { messages } = await listMessages(ada.id, room, historySchema.parse({}));
  return messages.filter(({ metadata }) => metadata?.action === 'pinned');
};

describe('pinning', () => {
  test('is announced to everybody after the commit, with who did it and what is pinned now', async () => {
    const { id, rev } = await say(ada, room, 'Keep this');
    const capture = captureEvents();
    const message = await pinMessage(grace.id, id, room);
    expect(message).toMatchObject({ rev: rev + 1, pinnedBy: { id: grace.id, name: 'Grace Hopper' } });
    expect(message.pinnedAt).not.toBeNull();
    const [heard] = capture.named('message.updated');
    expect(heard?.rooms).toEqual([membersRoom(room)]);
    expect(heard?.payload).toEqual({ message, change: 'pinned', pins: { count: 1, latest: message, version: 1 } });
    expect((await getConversation(linus.id, room)).pins).toMatchObject({ count: 1, latest: { id }, version: 1 });
  });

  test('posts a system message that names the message, and unpinning posts none', async () => {
    const { id } = await say(ada, room, 'Keep this');
    await pinMessage(grace.id, id);
    await unpinMessage(ada.id, id);
    expect((await system()).map(({ sender, metadata }) => [sender.id, metadata])).toEqual([
      [grace.id, { action: 'pinned', actorId: grace.id, messageId: id }],
    ]);
  });

  test('is repeated without a change, also by somebody else and at the limit', async () => {
    setLimits({ pins: 1 });
    try {
      const { id } = await say(ada, room, 'Keep this');
      const first = await pinMessage(grace.id, id);
      const capture = captureEvents();
      expect(await pinMessage(ada.id, id)).toEqual(first);
      expect(capture.events).toEqual([]);
      expect(await system()).toHaveLength(1);
      const gone = await unpinMessage(linus.id, id);
      expect(gone).toMatchObject({ rev: first.rev + 2, pinnedAt: null, pinnedBy: null });
      capture.clear();
      expect(await unpinMessage(grace.id, id)).toEqual(gone);
      expect(capture.events).toEqual([]);
    } finally {
      setLimits(defaultLimits);
    }
  });

  test('of a deleted or system message is refused', async () => {
    const { id } = await say(ada, room, 'Regret');
    await deleteMessage(ada.id, id);
    expect(await codeOf(pinMessage(ada.id, id))).toBe('CONFLICT');
    expect(await unpinMessage(ada.id, id)).toMatchObject({ id, pinnedAt: null });
    const { id: said } = await postSystemMessage(room, ada.id, { action: 'renamed', actorId: ada.id, name: 'X' });
    expect(await codeOf(pinMessage(ada.id, said))).toBe('FORBIDDEN');
    expect(await codeOf(unpinMessage(ada.id, said))).toBe('FORBIDDEN');
  });

  test('works for both people of a direct conversation', async () => {
    const { conversation } = await createDirect(ada.id, grace.id);
    const { id } = await say(ada, conversation.id, 'Between us');
    await pinMessage(grace.id, id);
    expect(await unpinMessage(ada.id, id)).toMatchObject({ pinnedAt: null });
  });
});

describe('at most 100 messages', () => {
  /** Pins this many by SQL, because the verbs have rates. @returns the ids of two more messages */
  async function fill(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count + 2; n += 1) ids.push(await insertMessage(room, ada, `Message ${n}`));
    const data = ids.slice(0, count).map((messageId) => ({ messageId, conversationId: room, userId: ada.id }));
    await prisma().pin.createMany({ data });
    return ids.slice(count);
  }

  test('are pinned, even when two people pin the hundredth at once', async () => {
    expect(defaultLimits.pins).toBe(100);
    const [one, other] = await fill(99);
    const answers = await Promise.allSettled([pinMessage(grace.id, one!), pinMessage(linus.id, other!)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refusal = answers.find((answer) => answer.status === 'rejected')?.reason;
    expect(refusal).toMatchObject({ code: 'CONFLICT', details: { reason: 'TOO_MANY_PINS' } });
    expect((await getConversation(ada.id, room)).pins?.count).toBe(100);
    expect(await system()).toHaveLength(1);
    // Another conversation has pins of its own.
    const elsewhere = (await makeGroup(ada)).id;
    await pinMessage(ada.id, (await say(ada, elsewhere, 'Elsewhere')).id);
  });
});

describe('what is pinned', () => {
  test('is listed page after page, the message that was pinned last first', async () => {
    const said = [await say(ada, room, 'one'), await say(grace, room, 'two'), await say(ada, room, 'three')];
    for (const index of [1, 2, 0]) await pinMessage(ada.id, said[index]!.id);
    const first = await pinsFor(linus, { limit: 2 });
    expect(first.texts).toEqual(['one', 'three']);
    expect(await pinsFor(linus, { limit: 2, cursor: first.nextCursor })).toEqual({ texts: ['two'], nextCursor: null });
    expect(await codeOf(pinsFor(linus, { cursor: 'x' }))).toBe('VALIDATION_FAILED');
  });

  test('shows an edit, and stays what it is', async () => {
    const { id } = await say(ada, room, 'Wrnog');
    await pinMessage(grace.id, id);
    const edited = await editMessage(ada.id, id, 'Right');
    expect(edited.pinnedBy?.id).toBe(grace.id);
    expect((await pinsFor(ada)).texts).toEqual(['Right']);
    expect((await getConversation(ada.id, room)).pins).toMatchObject({ latest: { content: 'Right' }, version: 1 });
  });

  test('loses a message that is deleted, and everybody hears what is left', async () => {
    const [kept, gone] = [await say(ada, room, 'Kept'), await say(ada, room, 'Gone')];
    for (const { id } of [kept, gone]) await pinMessage(ada.id, id);
    const capture = captureEvents();
    expect(await deleteMessage(ada.id, gone.id)).toMatchObject({ pinnedAt: null, pinnedBy: null });
    const [heard] = capture.named('message.deleted');
    expect(heard?.payload.pins).toMatchObject({ count: 1, latest: { id: kept.id }, version: 3 });
    expect((await pinsFor(ada)).texts).toEqual(['Kept']);
    await deleteMessage(ada.id, (await say(ada, room, 'Never pinned')).id);
    expect(capture.named('message.deleted')[1]?.payload).not.toHaveProperty('pins');
  });

  test('comes to a client that was away with the changes', async () => {
    const { id, rev } = await say(ada, room, 'Keep this');
    await pinMessage(grace.id, id);
    const changes = await listChanges(linus.id, room, { since: rev, limit: 10 });
    expect(changes.messages[0]).toMatchObject({ id, pinnedBy: { id: grace.id } });
    expect(changes.conversation.pins).toMatchObject({ count: 1, latest: { id } });
  });

  test('is found by is:pinned, as long as it is pinned', async () => {
    const { id } = await say(ada, room, 'pelican, pinned');
    await say(ada, room, 'pelican, not pinned');
    await pinMessage(ada.id, id);
    await indexAll();
    expect(await textsFound(grace, 'pelican is:pinned')).toEqual(['pelican, pinned']);
    expect((await find(grace, '', { is: 'pinned', conversationId: room })).count).toEqual({ value: 1, exact: true });
    expect(await textsFound(mallory, 'pelican is:pinned')).toEqual([]);
    await unpinMessage(ada.id, id);
    expect(await textsFound(grace, 'pelican is:pinned')).toEqual([]);
  });
});

describe('nobody else', () => {
  const attempts = (person: Person, id: string) => [
    () => pinMessage(person.id, id),
    () => unpinMessage(person.id, id),
    () => pinMessage(person.id, id, room),
    () => unpinMessage(person.id, id, room),
    () => listPins(person.id, room, listPinsSchema.parse({})),
  ];

  async function refused(person: Person, id: string): Promise<void> {
    for (const attempt of attempts(person, id)) expect(await codeOf(attempt())).toBe('NOT_FOUND');
  }

  test.each<[string, () => Promise<Person>]>([
    ['a stranger', async () => mallory],
    ['somebody who left', () => removeParticipant(linus.id, room, linus.id).then(() => linus)],
    ['somebody who was removed', () => removeParticipant(ada.id, room, linus.id).then(() => linus)],
    ['a member of a deleted group', () => deleteConversation(ada.id, room).then(() => linus)],
  ])('pins, unpins or lists: %s', async (_who, become) => {
    const { id } = await say(ada, room, 'For us only');
    await pinMessage(linus.id, id);
    const person = await become();
    const capture = captureEvents();
    await refused(person, id);
    expect(capture.events).toEqual([]);
    expect(await prisma().pin.count({ where: { conversationId: room } })).toBe(1);
  });

  test('reaches a message through another conversation', async () => {
    const { id } = await say(ada, room, 'For us only');
    await pinMessage(ada.id, id);
    const own = (await makeGroup(ada)).id;
    expect(await codeOf(pinMessage(ada.id, id, own))).toBe('NOT_FOUND');
    expect(await codeOf(unpinMessage(ada.id, id, own))).toBe('NOT_FOUND');
    expect((await listPins(ada.id, own, listPinsSchema.parse({}))).pins).toEqual([]);
  });

  test('sees in the preview of a public group that something is pinned', async () => {
    const group = await makeGroup(ada, [], { visibility: 'public', name: `Open ${room}` });
    await pinMessage(ada.id, (await say(ada, group.id, 'For members')).id);
    expect((await getConversation(mallory.id, group.id)).pins).toBeNull();
    const { conversations } = await listPublicConversations(mallory.id, publicConversationsSchema.parse({ q: room }));
    expect(conversations.map(({ pins }) => pins)).toEqual([null]);
  });
});
