import { expect, test } from 'vitest';
import * as conversations from '@/app/api/conversations/route';
import type { ClientRequests } from '@/lib/domain/contract';
import type { Handler } from '@/lib/doors/rest/route';
import { env } from '@/lib/platform/env/env';
import { takeLimit } from '@/lib/platform/rate-limits/limiter';
import type { RateKind } from '@/lib/platform/rate-limits/rates';
import { createPerson, type Person } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { socketServer, tokenFor } from '@/tests/support/sockets';

// What a call costs must not depend on the door that it comes through.

const sockets = socketServer();

const rate = { count: 20, seconds: 600 };
Object.assign(env(), { RATE_LIMIT_OTHER: rate, RATE_LIMIT_GROUP: rate, RATE_LIMIT_MESSAGE: rate, RATE_LIMIT_TYPING: rate });
const kinds: RateKind[] = ['other', 'group', 'message', 'typing'];

/** How much of each limit a person has used, as far as anything. Uses up the rest. */
async function used({ id }: Person): Promise<Partial<Record<RateKind, number>>> {
  const counts = await Promise.all(kinds.map(async (kind) => [kind, rate.count - (await left(kind, id))] as const));
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
  request: keyof ClientRequests;
  route: Handler;
  body: Record<string, unknown>;
  uses: Partial<Record<RateKind, number>>;
}

const creating = { request: 'conversation.create', route: conversations.POST } as const;

const cases: Case[] = [
  { ...creating, name: 'a group', body: { kind: 'group', name: 'Compilers' }, uses: { group: 1 } },
  { ...creating, name: 'a conversation with oneself', body: { kind: 'direct' }, uses: { other: 1 } },
  {
    ...creating,
    name: 'a group that cannot be made',
    body: { kind: 'group', name: 'Compilers', memberIds: [nobody] },
    uses: { other: 1 },
  },
  { ...creating, name: 'a group without a name', body: { kind: 'group' }, uses: { other: 1 } },
];

test.each(cases)('$name uses the same limit by REST and by socket', async ({ request, route, body, uses }) => {
  const [ada, grace] = [await createPerson(), await createPerson()];
  const bodyOf = ({ id }: Person) => (body.kind === 'direct' ? { ...body, userId: id } : body);
  const { token } = await tokenFor(ada);
  const byRest = await ask(route, { token, body: bodyOf(ada) });
  const bySocket = await (await sockets.connect(grace)).answer(request, bodyOf(grace));
  expect(byRest.body.error?.code).toBe(bySocket.ok ? undefined : bySocket.error.code);
  expect([await used(ada), await used(grace)]).toEqual([uses, uses]);
});

test('groups over their limit are refused, and other calls are not', async () => {
  const ada = await createPerson();
  const client = await sockets.connect(ada);
  for (let taken = 0; taken < rate.count; taken += 1) await takeLimit('group', ada.id);
  expect(await client.code('conversation.create', { kind: 'group', name: 'Compilers' })).toBe('RATE_LIMIT_EXCEEDED');
  expect(await client.code('conversation.create', { kind: 'direct', userId: ada.id })).toBe('ok');
});
