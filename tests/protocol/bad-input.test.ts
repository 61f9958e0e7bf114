import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, call, group, person, refused, say } from '@/tests/protocol/support/rest';

let ada: Client;
let grace: Client;
let conversationId: string;
let messageId: string;

beforeAll(async () => {
  [ada, grace] = await Promise.all([person('Ada'), person('Grace')]);
  conversationId = (await group(ada, [grace])).id;
  messageId = (await say(ada, conversationId, 'the only message')).id;
});

interface Door {
  method: string;
  path: () => string;
  /** invalid bodies in valid JSON */
  wrong: object[];
  /** an empty object is valid */
  emptyIsFine?: boolean;
}

const nul = 'a\u0000b';
const doors: Door[] = [
  {
    method: 'POST',
    path: () => '/api/auth/register',
    wrong: [
      { name: 'A', email: 'no', password: 'long enough' },
      { name: 'A', email: 'a@b.cd', password: 'short' },
      { name: nul, email: 'a@b.cd', password: 'long enough' },
      { name: 'A', email: 'a@b.cd', password: 'x'.repeat(201) },
      { name: ' ', email: 'a@b.cd', password: 'long enough' },
    ],
  },
  {
    method: 'POST',
    path: () => '/api/auth/token',
    wrong: [
      { email: 1, password: 'x' },
      { email: 'a@b.cd', password: {} },
    ],
  },
  {
    method: 'PATCH',
    path: () => '/api/me',
    wrong: [{ name: '' }, { name: 'x'.repeat(10_000) }, { handle: 'not a handle' }, { imageId: 'no' }, { statusText: nul }],
    emptyIsFine: true,
  },
  {
    method: 'POST',
    path: () => '/api/conversations',
    wrong: [
      { kind: 'cloud' },
      { kind: 'group', name: '' },
      { kind: 'group', name: nul },
      { kind: 'group', name: 'x', visibility: 'secret' },
      { kind: 'group', name: 'x', memberIds: ['no'] },
      { kind: 'direct', userId: 5 },
    ],
  },
  {
    method: 'PATCH',
    path: () => `/api/conversations/${conversationId}`,
    wrong: [{ name: '' }, { visibility: 1 }, { description: 'x'.repeat(100_000) }, { imageId: 'x' }],
    emptyIsFine: true,
  },
  {
    method: 'PATCH',
    path: () => `/api/conversations/${conversationId}/me`,
    wrong: [{ notify: 'sometimes' }, { draft: 4 }, { draft: nul }],
    emptyIsFine: true,
  },
  {
    method: 'POST',
    path: () => `/api/conversations/${conversationId}/messages`,
    wrong: [
      { content: '' },
      { content: ' \n ' },
      { content: nul },
      { content: 'x'.repeat(8_001) },
      { content: 'half \ud800' },
      { content: ['x'] },
      { content: 'x', clientMessageId: 'no spaces' },
      { content: 'x', clientMessageId: 'x'.repeat(65) },
      { content: 'x', clientMessageId: '' },
      { content: 'x', replyToId: 'no' },
      { content: 'x', attachmentIds: 'no' },
      { content: 'x', attachmentIds: Array.from({ length: 11 }, (_, i) => `00000000-0000-7000-8000-0000000000${10 + i}`) },
      { content: 'x', metadata: [] },
      { content: 'x', metadata: { big: 'x'.repeat(5_000) } },
      { content: 'x', metadata: { nul } },
    ],
  },
  {
    method: 'PATCH',
    path: () => `/api/conversations/${conversationId}/messages/${messageId}`,
    wrong: [{ content: '' }, { content: nul }, { content: 'x'.repeat(8_001) }, { content: 7 }],
  },
  {
    method: 'PUT',
    path: () => `/api/conversations/${conversationId}/read`,
    wrong: [{ seq: -1 }, { seq: 1.5 }, { seq: 'x' }, { seq: 1e300 }],
    emptyIsFine: true,
  },
  {
    method: 'PUT',
    path: () => `/api/conversations/${conversationId}/unread`,
    wrong: [{ seq: 0 }, { seq: 99 }, { seq: null }, { seq: {} }],
  },
  {
    method: 'POST',
    path: () => `/api/conversations/${conversationId}/participants`,
    wrong: [{ userIds: [] }, { userIds: 'x' }, { userIds: ['x'] }],
  },
  {
    method: 'PATCH',
    path: () => `/api/conversations/${conversationId}/participants/${grace.id}`,
    wrong: [{ role: 'owner' }, { role: 1 }],
  },
  {
    method: 'POST',
    path: () => '/api/messages/send',
    wrong: [{ conversationId: 'x', messageText: 'x' }, { messageText: 'x' }],
  },
];

const broken: [name: string, body: string | Uint8Array][] = [
  ['malformed JSON', '{"content": '],
  ['text that is no JSON', 'hello'],
  ['an array', '[1]'],
  ['a number', '5'],
  ['null', 'null'],
  ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0x63, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
];

describe('Bad input gets the documented error, and nothing is stored', () => {
  for (const door of doors) {
    const name = `${door.method} ${door.path.toString().replace(/^\(\) => [`']|[`']$/g, '')}`;
    it(`${name}: broken bodies`, async () => {
      for (const [, body] of broken) refused(await call(door.method, door.path(), body, ada.token), 400, 'VALIDATION_FAILED');
      if (!door.emptyIsFine) refused(await call(door.method, door.path(), '', ada.token), 400, 'VALIDATION_FAILED');
    });
    it(`${name}: wrong fields`, async () => {
      for (const body of [...door.wrong, ...(door.emptyIsFine ? [] : [{}])])
        refused(await call(door.method, door.path(), body, ada.token), 400, 'VALIDATION_FAILED');
    });
    it(`${name}: 10 MB of it`, async () => {
      const body = `{"content":"${'x'.repeat(10 * 1024 * 1024)}"}`;
      refused(await call(door.method, door.path(), body, ada.token), 413, 'PAYLOAD_TOO_LARGE');
    });
  }

  it.each([
    '/messages?limit=0',
    '/messages?limit=-3',
    '/messages?limit=ten',
    '/messages?before=x',
    '/changes?since=-1',
    '/changes?since=x',
    '/changes',
    '/participants?limit=0',
    '/participants?cursor=nonsense',
  ])('GET conversation%s', async (query) => {
    refused(await ada.get(`/api/conversations/${conversationId}${query}`), 400, 'VALIDATION_FAILED');
  });

  it('permits at most one cursor', async () => {
    refused(
      await ada.get(`/api/conversations/${conversationId}/messages?before=${messageId}&after=${messageId}`),
      400,
      'VALIDATION_FAILED',
    );
  });

  it.each([
    ['GET', '/api/conversations/not-an-id'],
    ['GET', '/api/users/not-an-id'],
    ['GET', '/api/uploads/not-an-id'],
    ['GET', '/api/nothing/here'],
    ['POST', '/api/nothing/here'],
    ['DELETE', '/api/me/sessions/not-an-id'],
  ])('%s %s is NOT_FOUND', async (method, path) => {
    refused(await call(method, path, undefined, ada.token), 404, 'NOT_FOUND');
  });

  it.each(['%E0%A4%A', '%00', '..%2f..%2fetc%2fpasswd', '\'; DROP TABLE "Message"; --'])(
    'a path with %s does no harm',
    async (part) => {
      const answer = await ada.get(
        `/api/conversations/${part.startsWith('%') || part.includes('%2f') ? part : encodeURIComponent(part)}`,
      );
      expect([400, 404]).toContain(answer.status);
    },
  );

  it('refuses a reaction that is no emoji', async () => {
    for (const emoji of ['x', 'ab', '👍👍', '%00', '<b>'])
      refused(
        await ada.put(`/api/conversations/${conversationId}/messages/${messageId}/reactions/${encodeURIComponent(emoji)}`),
        400,
        'VALIDATION_FAILED',
      );
  });

  it('leaves only the one valid message behind', async () => {
    const { data } = await grace.get(`/api/conversations/${conversationId}/messages`);
    const said = data.messages.filter((message: { type: string }) => message.type !== 'system');
    expect(said.map((message: { content: string; rev: number }) => message.content)).toEqual(['the only message']);
    expect((await grace.get('/api/health/ready')).status).toBe(200);
  });
});

describe('Legal text is stored as typed', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a right-to-left override', 'abc \u202Egnp.exe'],
    ['8,000 emoji', '😀'.repeat(8_000)],
    ['an HTML entity', '&lt;b&gt; &amp;amp;'],
    ['quotes and backslashes', `'";--\\ \\u0000 \${x}`],
    ['trailing spaces and blank lines', '  two  \n\n\n spaces  '],
    ['Chinese', '你好，世界'],
  ])('%s', async (_, content) => {
    const message = await say(ada, conversationId, content);
    const { data } = await grace.get(`/api/conversations/${conversationId}/messages?around=${message.id}`);
    expect(data.messages.find((row: { id: string }) => row.id === message.id).content).toBe(content);
  });
});
