import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PATCH as changeRoute, GET as meRoute } from '@/app/api/me/route';
import { GET as userRoute } from '@/app/api/users/[id]/route';
import { GET as usersRoute } from '@/app/api/users/route';
import { presenceRoom } from '@/lib/domain/rooms';
import { prisma } from '@/lib/platform/db/prisma';
import { insertGroup } from '@/tests/support/conversations';
import { captureEvents } from '@/tests/support/events';
import { cast, createPerson, type Person } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';
import { say } from '@/tests/support/talk';

const { ada, grace, linus, mallory } = await cast('ada', 'grace', 'linus', 'mallory');
const { token } = await tokenFor(ada);
const change = (body: unknown) => ask(changeRoute, { method: 'PATCH', token, body });
const list = async (query: string) => ask(usersRoute, { token, path: `/api/users${query}` });
const handles = (users: { handle: string }[]) => users.map((user) => user.handle);
const notFound = { status: 404, body: { error: { code: 'NOT_FOUND' } } };
const invalid = { status: 400, body: { error: { code: 'VALIDATION_FAILED' } } };

async function uploaded(owner: Person, mimeType = 'image/png', messageId?: string): Promise<string> {
  const data = { uploaderId: owner.id, name: 'picture', size: 10n, mimeType, messageId };
  return (await prisma().attachment.create({ data, select: { id: true } })).id;
}

describe('the language of the interface', () => {
  const locale = async () => (await ask(meRoute, { token })).body.user.locale;

  it('is the browser’s until one is chosen, and again after the choice is reset', async () => {
    expect(await locale()).toBeNull();
    expect(await change({ locale: 'pt-BR' })).toMatchObject({ status: 200, body: { user: { locale: 'pt-BR' } } });
    expect(await change({ statusText: 'Out' })).toMatchObject({ body: { user: { locale: 'pt-BR' } } });
    expect(await change({ locale: null })).toMatchObject({ body: { user: { locale: null } } });
  });

  it.each([['xx'], ['de_DE'], [''], [7], ['__proto__']])('is one that there is: not %s', async (wanted) => {
    expect(await change({ locale: wanted })).toMatchObject(invalid);
    expect(await locale()).toBeNull();
  });

  it('is nobody else’s to see', async () => {
    await change({ locale: 'ja' });
    const seen = await ask(userRoute, { token: (await tokenFor(mallory)).token, params: { id: ada.id } });
    expect(seen.body.user).not.toHaveProperty('locale');
    await change({ locale: null });
  });

  it('of a later version, unknown to this one, counts as none', async () => {
    await prisma().user.update({ where: { id: ada.id }, data: { locale: 'tlh' } });
    expect(await locale()).toBeNull();
    await change({ locale: null });
  });
});

describe('people', () => {
  it('are visible to everybody in the workspace, without e-mail address or role', async () => {
    const { body } = await ask(userRoute, { token: (await tokenFor(mallory)).token, params: { id: grace.id.toUpperCase() } });
    expect(body).toEqual({
      user: {
        id: grace.id,
        name: grace.name,
        handle: 'grace',
        image: null,
        status: 'offline',
        statusText: '',
        lastSeenAt: null,
      },
    });
    expect(JSON.stringify((await list('')).body)).not.toContain('@parley.test');
  });

  it('are invisible to anybody not signed in', async () => {
    expect((await ask(usersRoute)).status).toBe(401);
    expect((await ask(userRoute, { params: { id: grace.id } })).status).toBe(401);
  });

  it.each([[randomUUID()], ['nobody'], ["' OR 1=1"]])('that do not exist are NOT_FOUND: %s', async (id) => {
    expect(await ask(userRoute, { token, params: { id } })).toMatchObject(notFound);
  });

  it('are found by a part of the name or handle, in any case', async () => {
    expect(handles((await list('?q=LOVE')).body.users)).toEqual(['ada']);
    expect(handles((await list('?q=mallor')).body.users)).toEqual(['mallory']);
    expect((await list('?q=zzz')).body).toEqual({ users: [], nextCursor: null });
  });

  it('are searched literally, without database wildcards', async () => {
    await createPerson({ name: '100% Sure_Thing\\', handle: 'sure' });
    for (const q of ['%', '_', '\\']) expect(handles((await list(`?q=${encodeURIComponent(q)}`)).body.users)).toEqual(['sure']);
  });

  it('are paged by name without a gap or a duplicate, also among people of one name', async () => {
    await Promise.all(Array.from({ length: 7 }, () => createPerson({ name: 'Twin' })));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await list(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.users.map((user: { id: string }) => user.id));
      cursor = body.nextCursor;
    }
    expect(seen).toHaveLength(await prisma().user.count());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    ['?limit=0'],
    ['?limit=-1'],
    ['?limit=many'],
    ['?limit=1.5'],
    ['?cursor='],
    ['?cursor=nonsense'],
    [`?cursor=${Buffer.from('["a\\u0000","x"]').toString('base64url')}`],
    [`?q=${'x'.repeat(101)}`],
    ['?q=%00'],
  ])('are not listed for %s', async (query) => {
    expect(await list(query)).toMatchObject(invalid);
  });

  it('come in pages of at most 100, whatever limit is requested', async () => {
    expect((await list('?limit=100000')).status).toBe(200);
  });
});

describe("one's own profile", () => {
  it('has e-mail address and role', async () => {
    expect((await ask(meRoute, { token })).body.user).toMatchObject({ id: ada.id, email: ada.email, role: 'member' });
  });

  it('changes only the given fields, and answers with the whole profile', async () => {
    expect((await change({ name: ' Ada King ' })).body.user).toMatchObject({
      name: 'Ada King',
      handle: 'ada',
      email: ada.email,
    });
    expect((await change({ handle: 'Countess' })).body.user).toMatchObject({ name: 'Ada King', handle: 'countess' });
    expect((await change({ role: 'owner', email: 'other@example.org' })).body.user).toMatchObject({
      role: 'member',
      email: ada.email,
    });
    await change({ handle: 'ada' });
  });

  it('may keep its handle, but not take another', async () => {
    expect((await change({ handle: 'ada' })).status).toBe(200);
    expect(await change({ handle: 'GRACE' })).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
  });

  it('announces a new status text to subscribers, and a new name to everybody who sees the person', async () => {
    const heard = captureEvents();
    await change({ statusText: 'On the train' });
    expect(heard.named('presence.changed')).toMatchObject([{ payload: { userId: ada.id, statusText: 'On the train' } }]);
    expect(heard.heardBy(presenceRoom(ada.id))).toEqual(['presence.changed']);
    heard.clear();
    await change({ name: 'Ada Lovelace' });
    expect(heard.events.map(({ event }) => event)).toEqual(['user.updated']);
  });

  it("takes one's own image as its picture, and releases it", async () => {
    const imageId = await uploaded(ada);
    expect((await change({ imageId })).body.user.image).toBe(`/api/uploads/${imageId}/picture`);
    expect((await change({ imageId: null })).body.user.image).toBeNull();
  });

  it("refuses somebody else's image, a file that is no image, and one attached to a message", async () => {
    const conversationId = await insertGroup([ada, linus]);
    const { id: messageId } = await say(ada, conversationId, 'Look');
    const unusable = [await uploaded(mallory), await uploaded(ada, 'text/html'), await uploaded(ada, 'image/png', messageId)];
    for (const imageId of [...unusable, randomUUID()]) expect(await change({ imageId })).toMatchObject(notFound);
    expect((await ask(meRoute, { token })).body.user.image).toBeNull();
  });

  it.each([
    ['an empty name', { name: '   ' }],
    ['a name of 81 characters', { name: 'x'.repeat(81) }],
    ['a null byte', { statusText: 'a\u0000b' }],
    ['a lone surrogate', { name: 'a\ud800' }],
    ['a handle with spaces', { handle: 'a b' }],
    ['an empty handle', { handle: '' }],
    ['an image that is no id', { imageId: 'x' }],
    ['wrong types', { name: 5, handle: [], statusText: {} }],
    ['a list', []],
    ['text', '"name"'],
  ])('refuses %s and keeps the old value', async (_what, body) => {
    const before = await prisma().user.findUniqueOrThrow({ where: { id: ada.id } });
    expect(await change(body)).toMatchObject(invalid);
    expect(await prisma().user.findUniqueOrThrow({ where: { id: ada.id } })).toEqual(before);
  });

  it('takes a name of 80 emoji, as typed', async () => {
    const name = '🦜'.repeat(80);
    expect((await change({ name })).body.user.name).toBe(name);
  });
});
