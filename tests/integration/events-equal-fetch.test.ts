import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChatState } from '@/client/state/state';
import { updateMembership } from '@/lib/domain/conversations/conversation';
import { updateMembershipSchema } from '@/lib/domain/conversations/schema';
import type { ClientRequests } from '@/lib/domain/requests';
import { profileSchema } from '@/lib/domain/users/schema';
import { updateProfile } from '@/lib/domain/users/user';
import { table } from '@/lib/doors/sockets/table';
import { createImage, makeGroup, say, team } from '@/tests/support/groups';
import { runJobs } from '@/tests/support/jobs';
import { Screen } from '@/tests/support/screen';
import { socketServer } from '@/tests/support/sockets';
import { existingRoutes } from '@/tests/support/wire';

// As in Zulip, but with the real server: applying a verb's events to the old state gives the state that a fetch returns.

const sockets = socketServer();

/** A group of Ada and Grace, who both wrote in it. Linus shares another group with them. Mallory shares none. */
async function stage() {
  const { ada, grace, linus, mallory } = await team();
  const [group, elsewhere] = [await makeGroup(ada, [grace], { visibility: 'public' }), await makeGroup(ada, [grace, linus])];
  const conversationId = group.id;
  await say(ada, elsewhere.id, 'Elsewhere');
  const own = await say(ada, conversationId, 'Of Ada');
  const theirs = await say(grace, conversationId, 'Of Grace');
  const everybody = [ada, grace, linus, mallory];
  const open = async (person: typeof ada) => Screen.open(person, await sockets.connect(person), everybody);
  const screens = { laptop: await open(ada), phone: await open(ada), grace: await open(grace), linus: await open(linus) };
  const outsider = await open(mallory);
  const { socket } = screens.laptop;
  const ask: typeof socket.ask = (event, input) => socket.ask(event, { conversationId, ...(input as object) });
  const message = (content: string, more: object = {}) =>
    ask('message.send', { clientMessageId: randomUUID(), content, ...more });
  return { ada, grace, linus, conversationId, own, theirs, screens, outsider, ask, message };
}

type Stage = Awaited<ReturnType<typeof stage>>;
type Case = (on: Stage) => Promise<unknown>;

/** At least one call of every request by socket, by Ada. */
const verbs: { [Name in keyof ClientRequests]: Case } = {
  'conversation.join': ({ ask }) => ask('conversation.join', {}),
  'conversation.leave': ({ ask }) => ask('conversation.leave', {}),
  joinConversation: ({ screens, conversationId }) => screens.laptop.socket.ask('joinConversation', conversationId),
  leaveConversation: ({ screens, conversationId }) => screens.laptop.socket.ask('leaveConversation', conversationId),
  'conversation.heads': ({ ask }) => ask('conversation.heads', {}),
  'conversation.create': async ({ ask, grace, linus }) => {
    await ask('conversation.create', { kind: 'group', name: 'New', memberIds: [grace.id] });
    const { conversation } = await ask('conversation.create', { kind: 'direct', userId: linus.id });
    await ask('message.send', { conversationId: conversation.id, clientMessageId: randomUUID(), content: 'Hello' });
  },
  'conversation.update': async ({ ask }) => {
    await ask('conversation.update', { name: 'Renamed', description: 'About', visibility: 'private' });
    await runJobs();
  },
  'conversation.delete': ({ ask }) => ask('conversation.delete', {}),
  'participant.list': ({ ask }) => ask('participant.list', {}),
  'participant.add': ({ ask, linus }) => ask('participant.add', { userIds: [linus.id] }),
  'participant.update': ({ ask, grace }) => ask('participant.update', { userId: grace.id, role: 'admin' }),
  'participant.remove': ({ ask, grace }) => ask('participant.remove', { userId: grace.id }),
  'participant.join': ({ screens, conversationId }) => screens.linus.socket.ask('participant.join', { conversationId }),
  'message.send': async ({ message, grace, own, theirs, screens, conversationId }) => {
    await message(`Hello @${grace.handle}`, { replyToId: own.id, metadata: { a: 1 } });
    await message('And again', { replyToId: theirs.id });
    const input = { conversationId, clientMessageId: randomUUID(), content: 'Of Grace, who has not read' };
    await screens.grace.socket.ask('message.send', input);
  },
  'message.edit': async ({ ask, message, own, grace }) => {
    const { messageId } = await message('A reply', { replyToId: own.id });
    await ask('message.edit', { messageId: own.id, content: `Edited, for @${grace.handle}` });
    await ask('message.edit', { messageId, content: 'The last one, edited' });
  },
  'message.delete': async ({ ask, message, own, grace }) => {
    const { messageId } = await message(`A reply to @${grace.handle}`, { replyToId: own.id });
    await ask('message.delete', { messageId: own.id });
    await ask('message.delete', { messageId });
  },
  'message.history': ({ ask }) => ask('message.history', {}),
  'message.changes': ({ ask }) => ask('message.changes', { since: 0 }),
  'message.delivered': ({ ask, theirs }) => ask('message.delivered', { seq: theirs.seq }),
  'message.read': ({ ask, theirs }) => ask('message.read', { seq: theirs.seq }),
  'message.unread': async ({ ask, theirs }) => {
    await ask('message.read', {});
    await ask('message.unread', { seq: theirs.seq });
  },
  'read.mark': ({ screens }) => screens.laptop.socket.ask('read.mark', { all: true }),
  'read.undo': async ({ screens }) => {
    const { undo } = await screens.laptop.socket.ask('read.mark', { all: true });
    await screens.laptop.socket.ask('read.undo', { undoId: undo });
  },
  'reaction.add': async ({ ask, own, theirs }) => {
    await ask('reaction.add', { messageId: own.id, emoji: '👍' });
    await ask('reaction.add', { messageId: theirs.id, emoji: '🎉' });
  },
  'reaction.remove': async ({ ask, theirs, screens }) => {
    await ask('reaction.add', { messageId: theirs.id, emoji: '👍' });
    await screens.grace.socket.ask('reaction.add', { messageId: theirs.id, emoji: '👍' });
    await ask('reaction.remove', { messageId: theirs.id, emoji: '👍' });
  },
  'pin.add': async ({ ask, own, theirs, screens }) => {
    await ask('pin.add', { messageId: own.id });
    await screens.grace.socket.ask('reaction.add', { messageId: own.id, emoji: '👍' });
    await ask('message.edit', { messageId: own.id, content: 'Edited, and still pinned' });
    await ask('pin.add', { messageId: theirs.id });
    await ask('pin.add', { messageId: theirs.id });
  },
  'pin.remove': async ({ ask, own, theirs, screens }) => {
    for (const { id } of [own, theirs]) await ask('pin.add', { messageId: id });
    await screens.grace.socket.ask('pin.remove', { messageId: theirs.id });
    await ask('pin.remove', { messageId: theirs.id });
  },
  'conversation.pins': ({ ask }) => ask('conversation.pins', {}),
  search: ({ ask }) => ask('search', { q: 'Grace' }),
  'conversation.files': ({ ask }) => ask('conversation.files', {}),
  'conversation.links': ({ ask }) => ask('conversation.links', {}),
  go: ({ ask }) => ask('go', { q: 'Grace' }),
  'typing.start': ({ ask }) => ask('typing.start', {}),
  'typing.stop': ({ ask }) => ask('typing.stop', {}),
  'presence.status.update': ({ ask }) => ask('presence.status.update', { status: 'busy', statusText: 'Counting' }),
  'presence.subscribe': ({ ask, grace }) => ask('presence.subscribe', { userIds: [grace.id] }),
  'presence.unsubscribe': ({ ask }) => ask('presence.unsubscribe', { userIds: [] }),
};

const profile = (changes: object) => profileSchema.parse(changes);
const membership = (changes: object) => updateMembershipSchema.parse(changes);

/** Every route that changes something: a test case, the request by socket with the same verb, or the reason why no screen shows the change. */
const routes: Record<string, Case | keyof ClientRequests | { shows: 'nothing of it' }> = {
  'PATCH /api/me': async ({ ada, ask, linus, own, message }) => {
    await message('A reply to herself', { replyToId: own.id });
    await ask('participant.add', { userIds: [linus.id] });
    const imageId = await createImage(ada);
    const changes = { name: 'Ada King', handle: `countess-${ada.handle}`, imageId, statusText: 'Thinking' };
    await updateProfile(ada.id, profile(changes));
    await updateProfile(linus.id, profile({ name: 'Linus, added' }));
  },
  'PATCH /api/conversations/:id/me': async ({ ada, conversationId }) => {
    await updateMembership(ada.id, conversationId, membership({ draft: 'Half a thought' }));
    await updateMembership(ada.id, conversationId, membership({ notify: 'mentions' }));
  },
  'POST /api/conversations': 'conversation.create',
  'PATCH /api/conversations/:id': 'conversation.update',
  'DELETE /api/conversations/:id': 'conversation.delete',
  'POST /api/conversations/:id/messages': 'message.send',
  'POST /api/messages/send': 'message.send',
  'PATCH /api/conversations/:id/messages/:messageId': 'message.edit',
  'DELETE /api/conversations/:id/messages/:messageId': 'message.delete',
  'PUT /api/conversations/:id/messages/:messageId/reactions/:emoji': 'reaction.add',
  'DELETE /api/conversations/:id/messages/:messageId/reactions/:emoji': 'reaction.remove',
  'PUT /api/conversations/:id/pins/:messageId': 'pin.add',
  'DELETE /api/conversations/:id/pins/:messageId': 'pin.remove',
  'PUT /api/conversations/:id/read': 'message.read',
  'PUT /api/messages/conversations/:id/read': 'message.read',
  'PUT /api/conversations/:id/unread': 'message.unread',
  'POST /api/me/read': 'read.mark',
  'POST /api/me/read/:undoId/undo': 'read.undo',
  'POST /api/conversations/:id/participants': 'participant.add',
  'PUT /api/conversations/:id/participants/:userId': 'participant.join',
  'PATCH /api/conversations/:id/participants/:userId': 'participant.update',
  'DELETE /api/conversations/:id/participants/:userId': 'participant.remove',
  'POST /api/auth/register': { shows: 'nothing of it' },
  'POST /api/auth/token': { shows: 'nothing of it' },
  'POST /api/auth/token/refresh': { shows: 'nothing of it' },
  'POST /api/auth/token/revoke': { shows: 'nothing of it' },
  'DELETE /api/me/sessions/:id': { shows: 'nothing of it' },
  'POST /api/uploads': { shows: 'nothing of it' },
  'POST /api/invites': { shows: 'nothing of it' },
};

/** Further outcomes of the same verbs. */
const others: Record<string, Case> = {
  'the last admin leaves': ({ ask }) => ask('participant.remove', { userId: 'me' }),
  'a member leaves': ({ screens, conversationId }) =>
    screens.grace.socket.ask('participant.remove', { conversationId, userId: 'me' }),
  'a message with a file': async ({ ada, message }) => {
    const { messageId } = await message('', { attachmentIds: [await createImage(ada)] });
    await message('About it', { replyToId: messageId });
  },
  'a pinned message is deleted': async ({ ask, own, theirs }) => {
    for (const { id } of [theirs, own]) await ask('pin.add', { messageId: id });
    await ask('message.delete', { messageId: own.id });
  },
  'somebody who pinned a message has another name': async ({ ask, ada, own }) => {
    await ask('pin.add', { messageId: own.id });
    await updateProfile(ada.id, profile({ name: 'Ada King' }));
  },
  'somebody back, who missed things': async ({ ask, grace, message }) => {
    await ask('participant.remove', { userId: grace.id });
    await message('While she is away');
    await ask('participant.add', { userIds: [grace.id] });
  },
};

/** Marking as unread is private: others see the person's receipts unchanged until they fetch. */
const withoutReaders = (state: ChatState): ChatState => ({
  ...state,
  conversations: state.conversations.map((conversation) => ({ ...conversation, participants: [] })),
  rosters: {},
});
const unseen: Record<string, (state: ChatState) => ChatState> = {
  'message.unread': withoutReaders,
  'read.undo': withoutReaders,
};

const cases: Record<string, Case> = { ...verbs, ...others };
for (const [name, one] of Object.entries(routes)) if (typeof one === 'function') cases[name] = one;

test('every verb of the socket and every route that changes something has a case', () => {
  expect(Object.keys(verbs).toSorted()).toEqual(Object.keys(table).toSorted());
  const changing = existingRoutes().filter((route) => !/^(GET|HEAD) /.test(route));
  expect(Object.keys(routes).toSorted()).toEqual(changing.toSorted());
});

test.each(Object.entries(cases))('after %s every screen equals a fetch', async (name, act) => {
  const on = await stage();
  await act(on);
  const seen = unseen[name] ?? ((state) => state);
  for (const [whose, screen] of Object.entries({ ...on.screens, outsider: on.outsider }))
    expect(seen(await screen.shown()), whose).toEqual(seen(await screen.fetched()));
  expect((await on.outsider.socket.heardSoFar()).map(({ event }) => event)).not.toContain('message.received');
});

test('an event that does not arrive is noticed', async () => {
  const on = await stage();
  await on.ask('message.edit', { messageId: on.own.id, content: 'Edited' });
  expect(await on.screens.grace.shown('message.edited')).not.toEqual(await on.screens.grace.fetched());
});
