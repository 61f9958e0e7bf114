import { expect, test } from 'vitest';
import * as message from '@/app/api/conversations/[id]/messages/[messageId]/route';
import * as messages from '@/app/api/conversations/[id]/messages/route';
import * as conversations from '@/app/api/conversations/route';
import * as olderSend from '@/app/api/messages/send/route';
import type { ClientRequests } from '@/lib/domain/requests';
import type { Handler } from '@/lib/doors/rest/route';
import { env } from '@/lib/platform/env/env';
import { giveBack, takeLimit } from '@/lib/platform/rate-limits/limiter';
import type { RateKind } from '@/lib/platform/rate-limits/rates';
import { insertGroup } from '@/tests/support/conversations';
import { createPerson, type Person } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { socketServer, tokenFor } from '@/tests/support/sockets';
import { say } from '@/tests/support/talk';

// A call must cost the same by REST and by socket.

const sockets = socketServer();

const rate = { count: 20, seconds: 600 };
Object.assign(env(), { RATE_LIMIT_OTHER: rate, RATE_LIMIT_GROUP: rate, RATE_LIMIT_MESSAGE: rate, RATE_LIMIT_TYPING: rate });
const kinds: RateKind[] = ['other', 'group', 'message', 'typing'];

/** How much of each limit a person has used. Finding out uses up the rest. */
async function used(userId: string): Promise<Partial<Record<RateKind, number>>> {
  const counts = await Promise.all(kinds.map(async (kind) => [kind, rate.count - (await left(kind, userId))] as const));
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function left(kind: RateKind, userId: string): Promise<number> {
  for (let taken = 0; taken < rate.count; taken += 1) {
    try {
      await takeLimit(kind, userId);
    } catch {
      return taken;
    }
  }
  return rate.count;
}

const nobody = '00000000-0000-4000-8000-000000000000';

interface Case {
  name: string;
  route: Handler;
  request: keyof ClientRequests;
  /** ids of the caller, and of a group and a message of theirs */
  input: (ids: Ids) => Record<string, unknown>;
  uses: Partial<Record<RateKind, number>>;
}

interface Ids {
  me: string;
  conversationId: string;
  messageId: string;
}

const creating = { route: conversations.POST, request: 'conversation.create' } as const;
const sending = { route: messages.POST, request: 'message.send' } as const;
const group = { kind: 'group', name: 'Compilers' };

const cases: Case[] = [
  { ...creating, name: 'a group', input: () => group, uses: { group: 1 } },
  { ...creating, name: 'a conversation with oneself', input: ({ me }) => ({ kind: 'direct', userId: me }), uses: { other: 1 } },
  { ...creating, name: 'a group that cannot be made', input: () => ({ ...group, memberIds: [nobody] }), uses: { other: 1 } },
  { ...creating, name: 'a group without a name', input: () => ({ kind: 'group' }), uses: { other: 1 } },
  { ...sending, name: 'a message', input: () => ({ content: 'Hello', clientMessageId: 'new' }), uses: { message: 1 } },
  { ...sending, name: 'a retry', input: () => ({ content: 'Hello', clientMessageId: 'known' }), uses: {} },
  { ...sending, name: 'an empty message', input: () => ({ content: '', clientMessageId: 'new' }), uses: { other: 1 } },
  {
    ...sending,
    route: olderSend.POST,
    name: 'a message on the older path',
    input: () => ({ content: 'Hello', clientMessageId: 'new' }),
    uses: { message: 1 },
  },
  { route: message.PATCH, request: 'message.edit', name: 'an edit', input: () => ({ content: 'Hi' }), uses: { other: 1 } },
  { route: messages.GET, request: 'message.history', name: 'a page', input: () => ({}), uses: { other: 1 } },
];

/** A person with a group and a message in it, with unused limits. */
async function senderInGroup(): Promise<{ person: Person; ids: Ids }> {
  const person = await createPerson();
  const conversationId = await insertGroup([person]);
  const message = await say(person, conversationId, 'Known', { clientMessageId: 'known' });
  await giveBack('message', person.id);
  return { person, ids: { me: person.id, conversationId, messageId: message.id } };
}

test.each(cases)('$name uses the same limit by REST and by socket', async ({ request, route, input, uses }) => {
  const [ada, grace] = [await senderInGroup(), await senderInGroup()];
  const { me, conversationId, messageId } = ada.ids;
  const params = { id: conversationId, messageId };
  const body = route === messages.GET ? undefined : input(ada.ids);
  const byRest = await ask(route, { token: (await tokenFor(ada.person)).token, params, body });
  const bySocket = await (await sockets.connect(grace.person)).answer(request, { ...grace.ids, ...input(grace.ids) });
  expect(byRest.body.error?.code).toBe(bySocket.ok ? undefined : bySocket.error.code);
  expect([await used(me), await used(grace.ids.me)]).toEqual([uses, uses]);
});

test('a typing request has its own limit, and one that cannot be parsed counts as other', async () => {
  const { person, ids } = await senderInGroup();
  const client = await sockets.connect(person);
  expect(await client.code('typing.start', ids)).toBe('ok');
  expect(await client.code('typing.start', { conversationId: 'none' })).toBe('VALIDATION_FAILED');
  expect(await used(person.id)).toEqual({ typing: 1, other: 1 });
});

test('groups over their limit are refused, and other calls are not', async () => {
  const ada = await createPerson();
  const client = await sockets.connect(ada);
  for (let taken = 0; taken < rate.count; taken += 1) await takeLimit('group', ada.id);
  expect(await client.code('conversation.create', { kind: 'group', name: 'Compilers' })).toBe('RATE_LIMIT_EXCEEDED');
  expect(await client.code('conversation.create', { kind: 'direct', userId: ada.id })).toBe('ok');
});
