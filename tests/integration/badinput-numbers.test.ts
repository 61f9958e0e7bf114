import { expect, test } from 'vitest';
import * as changes from '@/app/api/conversations/[id]/changes/route';
import * as messages from '@/app/api/conversations/[id]/messages/route';
import * as participants from '@/app/api/conversations/[id]/participants/route';
import * as read from '@/app/api/conversations/[id]/read/route';
import * as unread from '@/app/api/conversations/[id]/unread/route';
import * as publicConversations from '@/app/api/conversations/public/route';
import * as conversations from '@/app/api/conversations/route';
import * as olderRead from '@/app/api/messages/conversations/[id]/read/route';
import * as olderMessages from '@/app/api/messages/conversations/[id]/route';
import * as olderConversations from '@/app/api/messages/conversations/route';
import * as users from '@/app/api/users/route';
import { table } from '@/lib/doors/sockets/table';
import { encodeCursor } from '@/lib/platform/paging/cursor';
import { insertGroup, insertMessage } from '@/tests/support/conversations';
import { rows, whole } from '@/tests/support/hostile';
import { createPerson } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { socketServer, tokenFor } from '@/tests/support/sockets';

process.env.RATE_LIMIT_OTHER = '1000000/60';

const sockets = socketServer();
const ada = await createPerson();
const place = await insertGroup([ada, await createPerson()]);
await insertMessage(place, ada, 'The only one');
const { token } = await tokenFor(ada);

const numbers = [
  ...[-1, -0, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 99_999_999_999, 2 ** 53, 2 ** 63, 2 ** 64, 1e300, -1e300, 5e-324],
  ...['NaN', 'Infinity', '-Infinity', '1e400', '0x7fffffff', '999999999999999', '-999999999999999', '9'.repeat(400), '٣', ' 1'],
];

const id = '00000000-0000-7000-8000-000000000000';
const times = [-1, -62_135_596_800_001, -8.64e15, 8.64e15, 253_402_300_800_000, 2 ** 63, 1e300, 0.5, '1', null, [], {}];
const cursors = [
  ...times.map((at) => encodeCursor([at as number, id])),
  ...[encodeCursor(['\u0000', id]), encodeCursor([`${'x'.repeat(200)}`, id]), encodeCursor([1, 1]), encodeCursor([1])],
  ...['W10', 'e30', 'bnVsbA', '-', '%00', Buffer.from('['.repeat(300)).toString('base64url')],
];

test('no invented number or cursor causes an internal error, on any list or counter', { timeout: 60_000 }, async () => {
  const lists = {
    changes,
    messages,
    participants,
    publicConversations,
    conversations,
    olderMessages,
    olderConversations,
    users,
  };
  const given = { token, params: { id: place } };
  for (const [name, { GET }] of Object.entries(lists)) {
    const queries = [
      ...numbers.map((number) => `since=0&limit=${encodeURIComponent(number)}`),
      ...(GET === changes.GET ? numbers.map((number) => `since=${encodeURIComponent(number)}`) : []),
      ...cursors.map((cursor) => `cursor=${encodeURIComponent(cursor)}`),
    ];
    for (const query of queries) {
      const { status } = await ask(GET, { ...given, path: `/api?${query}` });
      expect(status, `${name}?${query.slice(0, 80)}`).toBeLessThan(500);
    }
  }
  for (const { PUT } of [read, unread, olderRead])
    for (const seq of numbers) {
      const body = typeof seq === 'string' ? `{"seq":${JSON.stringify(seq)}}` : { seq };
      expect((await ask(PUT, { ...given, method: 'PUT', body })).status, String(seq)).toBeLessThan(500);
    }
});

test('a cursor with an impossible time is VALIDATION_FAILED', async () => {
  for (const at of times)
    for (const { GET } of [conversations, publicConversations, participants]) {
      const path = `/api?cursor=${encodeCursor([at as number, id])}`;
      const told = await ask(GET, { token, params: { id: place }, path });
      expect(told, path).toMatchObject({ status: 400, body: { error: { fields: { cursor: expect.any(String) } } } });
    }
});

test('changes since more than a rev can be are VALIDATION_FAILED; since beyond the newest rev they are a reset', async () => {
  const since = (rev: number) => ask(changes.GET, { token, params: { id: place }, path: `/api?since=${rev}` });
  for (const rev of [2 ** 31, 99_999_999_999])
    expect(await since(rev)).toMatchObject({ status: 400, body: { error: { fields: { since: 'Out of range.' } } } });
  expect(await since(2 ** 31 - 1)).toMatchObject({ status: 200, body: { reset: true, messages: [] } });
});

test('no invented number causes one in any event', { timeout: 60_000 }, async () => {
  const client = await sockets.connect(ada);
  const before = await rows();
  const refused: string[] = [];
  const names = Object.keys(table) as (keyof typeof table)[];
  for (const name of names.filter((event) => !/send|create|typing|delete|leave|Conversation/.test(event)))
    for (const field of ['seq', 'since', 'limit', 'cursor']) {
      const values = field === 'cursor' ? cursors : numbers;
      const input = { ...whole(), conversationId: place };
      const codes = await Promise.all(values.map((value) => client.code(name, { ...input, [field]: value })));
      for (const [index, code] of codes.entries()) expect(code, `${name} ${field} ${values[index]}`).not.toBe('UNAVAILABLE');
      refused.push(...codes);
    }
  expect(refused).toContain('VALIDATION_FAILED');
  expect(await rows()).toEqual(before);
});
