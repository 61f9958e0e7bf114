import { beforeEach, describe, expect, it } from 'vitest';
import { POST as registerRoute } from '@/app/api/auth/register/route';
import { POST as invitesRoute } from '@/app/api/invites/route';
import { setupCode } from '@/lib/domain/users/setup-code';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { cast } from '@/tests/support/people';
import { type Ask, ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

const ada = { name: 'Ada Lovelace', email: 'Ada@Example.org', password: 'correct horse' };
const register = (body: unknown, more: Ask = {}) => ask(registerRoute, { body, ...more });

beforeEach(async () => {
  await prisma().user.deleteMany();
  Object.assign(env(), { OPEN_REGISTRATION: true, RATE_LIMIT_REGISTER: { count: 1_000, seconds: 60 } });
});

describe('registering', () => {
  it('answers 201 with the user, and keeps the password as argon2id without ever returning it', async () => {
    const { status, body } = await register(ada);
    expect(status).toBe(201);
    expect(body.user).toMatchObject({ name: 'Ada Lovelace', handle: 'ada.lovelace', email: 'ada@example.org', role: 'owner' });
    expect(JSON.stringify(body)).not.toContain('argon2');
    const row = await prisma().user.findUniqueOrThrow({ where: { id: body.user.id } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$/);
  });

  it('gives two people of one name different handles, also at the same moment', async () => {
    await register({ ...ada, name: 'Olga Owner', email: 'owner@example.org' });
    await register({ ...ada, email: 'first@example.org' });
    const twins = [1, 2, 3, 4, 5, 6].map((n) => register({ ...ada, email: `twin${n}@example.org` }));
    const handles = (await Promise.all(twins)).map(({ body }) => body.user.handle);
    expect(new Set([...handles, 'ada.lovelace']).size).toBe(7);
  });

  it('gives a handle to a person with a name in another script', async () => {
    expect((await register({ ...ada, name: '李小龍' })).body.user.handle).toBe('person');
  });

  it('answers CONFLICT for a taken e-mail address in any case, also for two at the same moment', async () => {
    await register(ada);
    expect(await register({ ...ada, email: 'ADA@example.ORG' })).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT' } },
    });
    const race = await Promise.all([1, 2, 3].map(() => register({ ...ada, name: 'Racer', email: 'race@example.org' })));
    expect(race.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('makes exactly one owner when several people register first at once', async () => {
    const all = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => register({ ...ada, name: `Ada the ${n}th`, email: `p${n}@example.org` })),
    );
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(all.filter(({ body }) => body.user.role === 'owner')).toHaveLength(1);
    expect(all.filter(({ body }) => body.user.role === 'member')).toHaveLength(4);
  });

  it.each([
    ['an empty body', {}, ['email', 'name', 'password']],
    ['no object', [], ['body']],
    ['a short password', { ...ada, password: '1234567' }, ['password']],
    ['a long password', { ...ada, password: 'x'.repeat(201) }, ['password']],
    ['a null byte in the password', { ...ada, password: 'correct\u0000horse' }, ['password']],
    ['a null byte in the name', { ...ada, name: 'A\u0000da' }, ['name']],
    ['no e-mail address', { ...ada, email: 'ada' }, ['email']],
    ['wrong types', { name: 1, email: {}, password: [] }, ['email', 'name', 'password']],
    ['a name of two lines', { ...ada, name: 'Ada\nLovelace' }, ['name']],
  ])('refuses %s as VALIDATION_FAILED and stores nothing', async (_what, body, fields) => {
    const told = await register(body);
    expect(told).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
    expect(Object.keys(told.body.error.fields).sort()).toEqual(fields);
    expect(await prisma().user.count()).toBe(0);
  });

  it('takes a password of 200 emoji, counted as characters', async () => {
    expect((await register({ ...ada, password: '🔑'.repeat(200) })).status).toBe(201);
  });

  it('refuses malformed JSON and a body of 10 MB', async () => {
    expect(await register('{"name": ')).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
    const huge = JSON.stringify({ ...ada, name: 'x'.repeat(10_000_000) });
    expect(await register(huge)).toMatchObject({ status: 413, body: { error: { code: 'PAYLOAD_TOO_LARGE' } } });
  });

  it('is refused to a page of another site, even without a cookie', async () => {
    expect(await register(ada, { origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
    expect(await prisma().user.count()).toBe(0);
    expect((await register(ada, { origin: 'http://localhost:3000' })).status).toBe(201);
  });

  it('is rate limited by address', async () => {
    Object.assign(env(), { RATE_LIMIT_REGISTER: { count: 2, seconds: 3_600 } });
    const from = (n: number, address: string) =>
      register({ ...ada, name: `Ada the ${n}th`, email: `p${n}@example.org`, setupCode: setupCode() }, { address });
    expect((await from(1, '203.0.113.50')).status).toBe(201);
    expect((await from(1, '203.0.113.50')).status).toBe(409);
    const refused = await from(3, '203.0.113.50');
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMIT_EXCEEDED', limit: 2, window: 3_600 } } });
    expect(refused.headers.get('retry-after')).toBe(String(refused.body.error.retryAfter));
    expect((await from(4, '203.0.113.51')).status).toBe(201);
  });
});

describe('the first user', () => {
  it('from another machine needs the setup code', async () => {
    const elsewhere = { address: '203.0.113.9' };
    expect(await register(ada, elsewhere)).toMatchObject({
      status: 403,
      body: { error: { fields: { setupCode: expect.any(String) } } },
    });
    expect((await register({ ...ada, setupCode: 'AAAA-AAAA-AAAA' }, elsewhere)).status).toBe(403);
    expect(await prisma().user.count()).toBe(0);
    const owner = await register({ ...ada, setupCode: setupCode() }, elsewhere);
    expect(owner).toMatchObject({ status: 201, body: { user: { role: 'owner' } } });
  });

  it('through a proxy on this machine needs the setup code too', async () => {
    expect((await register(ada, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403);
  });

  it('is the only person who needs the setup code', async () => {
    await register(ada);
    expect(
      (await register({ ...ada, name: 'Grace Hopper', email: 'grace@example.org' }, { address: '203.0.113.9' })).body.user.role,
    ).toBe('member');
  });
});

describe('closed registration', () => {
  it('admits a person with an invitation, once, and nobody without', async () => {
    const { grace, mallory } = await cast('grace', 'mallory');
    await prisma().user.update({ where: { id: grace.id }, data: { role: 'ADMIN' } });
    env().OPEN_REGISTRATION = false;
    expect(await register(ada)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
    expect((await register({ ...ada, invite: 'guessed' })).status).toBe(403);

    const outsider = await ask(invitesRoute, { method: 'POST', token: (await tokenFor(mallory)).token });
    expect(outsider).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
    const invited = await ask(invitesRoute, { method: 'POST', token: (await tokenFor(grace)).token });
    expect(invited).toMatchObject({ status: 201, body: { invite: { id: expect.any(String), expiresAt: expect.any(String) } } });

    const invite = new URL(invited.body.invite.url).searchParams.get('invite');
    const pair = await Promise.all(['one', 'two'].map((who) => register({ ...ada, email: `${who}@example.org`, invite })));
    expect(pair.map(({ status }) => status).sort()).toEqual([201, 403]);
    expect((await register({ ...ada, email: 'late@example.org', invite })).status).toBe(403);
  });

  it('leaves the invitation unused when the address is taken', async () => {
    const { grace } = await cast('grace');
    await prisma().user.update({ where: { id: grace.id }, data: { role: 'OWNER' } });
    env().OPEN_REGISTRATION = false;
    const { body } = await ask(invitesRoute, { method: 'POST', token: (await tokenFor(grace)).token });
    const invite = new URL(body.invite.url).searchParams.get('invite');
    expect((await register({ ...ada, email: grace.email, invite })).status).toBe(409);
    expect((await register({ ...ada, invite })).status).toBe(201);
  });

  it('refuses an expired invitation', async () => {
    const { grace } = await cast('grace');
    await prisma().user.update({ where: { id: grace.id }, data: { role: 'OWNER' } });
    env().OPEN_REGISTRATION = false;
    const { body } = await ask(invitesRoute, { method: 'POST', token: (await tokenFor(grace)).token });
    await prisma().invite.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } });
    const invite = new URL(body.invite.url).searchParams.get('invite');
    expect((await register({ ...ada, invite })).status).toBe(403);
  });
});
