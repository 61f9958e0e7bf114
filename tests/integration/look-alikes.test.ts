import { beforeEach, describe, expect, it } from 'vitest';
import { POST as registerRoute } from '@/app/api/auth/register/route';
import { PATCH as changeRoute } from '@/app/api/me/route';
import { findUserForProvider } from '@/lib/domain/accounts/provider-account';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { createPerson, type Person } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

let made = 0;
const register = (name: string) => {
  made += 1;
  return ask(registerRoute, { body: { name, email: `p${made}@example.org`, password: 'correct horse' } });
};
const change = async (person: Person, body: object) =>
  ask(changeRoute, { method: 'PATCH', token: (await tokenFor(person)).token, body });
const refused = (field: string) => ({
  status: 400,
  body: {
    error: { code: 'VALIDATION_FAILED', fields: { [field]: expect.stringContaining('somebody who runs this workspace') } },
  },
});

let lena: Person;

beforeEach(async () => {
  Object.assign(env(), { OPEN_REGISTRATION: true, RATE_LIMIT_REGISTER: { count: 1_000, seconds: 60 } });
  await prisma().user.deleteMany();
  lena = await createPerson({ name: 'Lena Klein', handle: 'lena' });
  await prisma().user.update({ where: { id: lena.id }, data: { role: 'ADMIN' } });
});

describe('a newcomer', () => {
  it.each(['Lena Klein', 'Lena Klein\u200B', 'Lеnа Klein', 'LENA K1EIN', 'Owner\u200B', 'Οwner', 'Аdmin'])(
    'is not let in under a name that passes for who runs the workspace: %s',
    async (name) => {
      expect(await register(name)).toMatchObject(refused('name'));
      expect(await prisma().user.count()).toBe(1);
    },
  );

  it.each(['\u200B', '\u2800', '\u3164', '\u202E\u2066'])('needs a name that shows something: %j does not', async (name) => {
    expect(await register(name)).toMatchObject({ status: 400, body: { error: { fields: { name: 'Must not be empty.' } } } });
  });

  it('is called by the canonical form of the name', async () => {
    const { status, body } = await register('\u202EZoe\u0308 \u00A0 B\u200B.');
    expect([status, body.user.name]).toEqual([201, 'Zoë B.']);
  });

  it('may be called as an ordinary member is, and as an office only when first', async () => {
    expect((await register('Grace Hopper')).status).toBe(201);
    expect((await register('Grace Hopper')).status).toBe(201);
    await prisma().user.deleteMany();
    expect((await register('Owner')).body.user).toMatchObject({ name: 'Owner', role: 'owner' });
    expect(await register('Owner\u200B')).toMatchObject(refused('name'));
  });

  it('through a provider is let in, under a name that tells them apart', async () => {
    const profile = { id: 'g1', name: 'Lena Κlein', email: 'other@example.org', emailVerified: true };
    const { id } = await findUserForProvider({ provider: 'github', profile, signedInAs: null, fromThisMachine: true });
    expect(await prisma().user.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'Lena Κlein (2)', role: 'MEMBER' });
  });

  it('gets no handle that passes for an admin’s', async () => {
    await prisma().user.update({ where: { id: lena.id }, data: { handle: 'bill', name: 'Boss' } });
    expect((await register('Bi11')).body.user.handle).toBe('bi112');
  });
});

describe('a member', () => {
  it('takes neither the name nor the handle of an admin, nor what looks like them', async () => {
    const grace = await createPerson({ name: 'Grace Hopper', handle: 'grace' });
    expect(await change(grace, { name: 'Lena  Klеin' })).toMatchObject(refused('name'));
    for (const handle of ['1ena', 'adm1n', '0wner']) expect(await change(grace, { handle })).toMatchObject(refused('handle'));
    expect((await change(grace, { name: 'Grace  Hopper\u200B', handle: 'grace2' })).body.user).toMatchObject({
      name: 'Grace Hopper',
      handle: 'grace2',
    });
  });

  it('who has such a name since before keeps it, and can change all else', async () => {
    const twin = await createPerson({ name: 'Lena Klein\u200B', handle: 'lena2' });
    const answer = await change(twin, { name: 'Lena Klein\u200B', handle: 'lena2', statusText: '\u202Eaway\n soon' });
    expect(answer).toMatchObject({ status: 200, body: { user: { name: 'Lena Klein', statusText: 'away soon' } } });
  });

  it('who is an admin may be called so', async () => {
    expect((await change(lena, { name: 'Admin', handle: 'admin' })).status).toBe(200);
  });
});
