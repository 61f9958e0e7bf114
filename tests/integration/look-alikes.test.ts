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

describe('a new person', () => {
  it.each(['Lena Klein', 'Lena Klein\u200B', 'Lеnа Klein', 'LENA K1EIN', 'Owner\u200B', 'Οwner', 'Аdmin'])(
    'cannot register a name that looks like the owner’s or an admin’s: %s',
    async (name) => {
      expect(await register(name)).toMatchObject(refused('name'));
      expect(await prisma().user.count()).toBe(1);
    },
  );

  it.each(['\u200B', '\u2800', '\u3164', '\u202E\u2066'])('needs a visible name: %j is refused', async (name) => {
    expect(await register(name)).toMatchObject({ status: 400, body: { error: { fields: { name: 'Must not be empty.' } } } });
  });

  it('is stored under the canonical form of the name', async () => {
    const { status, body } = await register('\u202EZoe\u0308 \u00A0 B\u200B.');
    expect([status, body.user.name]).toEqual([201, 'Zoë B.']);
  });

  it('may have an ordinary member’s name, and a role’s name only as the first person', async () => {
    expect((await register('Grace Hopper')).status).toBe(201);
    expect((await register('Grace Hopper')).status).toBe(201);
    await prisma().user.deleteMany();
    expect((await register('Owner')).body.user).toMatchObject({ name: 'Owner', role: 'owner' });
    expect(await register('Owner\u200B')).toMatchObject(refused('name'));
  });

  it('through a provider is registered with a suffix that distinguishes them', async () => {
    const profile = { id: 'g1', name: 'Lena Κlein', email: 'other@example.org', emailVerified: true };
    const { id } = await findUserForProvider({ provider: 'github', profile, signedInAs: null, fromThisMachine: true });
    expect(await prisma().user.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'Lena Κlein (2)', role: 'MEMBER' });
  });

  it('gets no handle that looks like an admin’s', async () => {
    await prisma().user.update({ where: { id: lena.id }, data: { handle: 'bill', name: 'Boss' } });
    expect((await register('Bi11')).body.user.handle).toBe('bi112');
  });
});

describe('a member', () => {
  it('cannot take the name or handle of an admin, or a look-alike', async () => {
    const grace = await createPerson({ name: 'Grace Hopper', handle: 'grace' });
    expect(await change(grace, { name: 'Lena  Klеin' })).toMatchObject(refused('name'));
    for (const handle of ['1ena', 'adm1n', '0wner']) expect(await change(grace, { handle })).toMatchObject(refused('handle'));
    expect((await change(grace, { name: 'Grace  Hopper\u200B', handle: 'grace2' })).body.user).toMatchObject({
      name: 'Grace Hopper',
      handle: 'grace2',
    });
  });

  it('with an older look-alike name keeps it, and can change all other fields', async () => {
    const twin = await createPerson({ name: 'Lena Klein\u200B', handle: 'lena2' });
    const answer = await change(twin, { name: 'Lena Klein\u200B', handle: 'lena2', statusText: '\u202Eaway\n soon' });
    expect(answer).toMatchObject({ status: 200, body: { user: { name: 'Lena Klein', statusText: 'away soon' } } });
  });

  it('who is an admin may have such a name', async () => {
    expect((await change(lena, { name: 'Admin', handle: 'admin' })).status).toBe(200);
  });
});
