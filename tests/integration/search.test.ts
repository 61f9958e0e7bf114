import { expect, test } from 'vitest';
import { GET as usersRoute } from '@/app/api/users/route';
import { listPublicConversations } from '@/lib/domain/conversations/conversation';
import { pool } from '@/lib/platform/db/pool';
import { prisma } from '@/lib/platform/db/prisma';
import { fold } from '@/lib/platform/text/fold';
import { cast, createPerson } from '@/tests/support/people';
import { ask } from '@/tests/support/requests';
import { tokenFor } from '@/tests/support/sockets';

const { ada, grace } = await cast('ada', 'grace');
const { token } = await tokenFor(ada);

const found = async (q: string) => {
  const { body } = await ask(usersRoute, { token, path: `/api/users?${new URLSearchParams({ q })}` });
  return body.users.map(({ handle }: { handle: string }) => handle);
};

// A sample of the 82,000 Han characters and Hangul syllables, which behave alike, and of unassigned characters.
const isOfMany = /[\p{Script=Han}\p{Script=Hangul}\p{Co}\p{Cn}\p{Cs}]/u;

test('the database folds every character as the page does', async () => {
  const all = Array.from({ length: 0x110000 - 1 }, (_, index) => index + 1).filter(
    (code) => (code < 0xd800 || code > 0xdfff) && (code % 997 === 0 || !isOfMany.test(String.fromCodePoint(code))),
  );
  const texts = all.map((code) => `a${String.fromCodePoint(code)}b`);
  for (let at = 0; at < texts.length; at += 10_000) {
    const part = texts.slice(at, at + 10_000);
    // PostgreSQL and Node have different versions of Unicode, so characters unknown to one of them are skipped.
    const { rows } = await pool().query<{ folded: string; known: boolean }>(
      'SELECT parley_fold(t) AS folded, unicode_assigned(t) AS known FROM unnest($1::text[]) WITH ORDINALITY AS k(t, n) ORDER BY n',
      [part],
    );
    const different = part.filter(
      (text, index) => rows[index]?.known && !/\p{Cn}/u.test(text) && rows[index].folded !== fold(text),
    );
    expect(different).toEqual([]);
  }
}, 120_000);

test('people are found regardless of accents and case, by name and by handle', async () => {
  await createPerson({ name: 'Ana Muñoz', handle: 'amz' });
  await createPerson({ name: 'İpek Işık', handle: 'ipek' });
  await createPerson({ name: 'Jürgen Strauß', handle: 'js' });
  for (const q of ['munoz', 'MUÑOZ', 'Mun\u0303oz', 'ａｎａ', 'amz', ' ana  munoz '])
    expect(await found(q), q).toEqual(['amz']);
  for (const q of ['isik', 'IŞIK', 'ipek']) expect(await found(q), q).toEqual(['ipek']);
  for (const q of ['strauss', 'JURGEN']) expect(await found(q), q).toEqual(['js']);
  expect(await found('muno z')).toEqual([]);
});

test('a renamed person is found by the new name alone', async () => {
  const { id } = await createPerson({ name: 'Bjørn', handle: 'renamed' });
  await prisma().user.update({ where: { id }, data: { name: 'Øystein' } });
  expect(await found('oystein')).toEqual(['renamed']);
  expect(await found('bjorn')).toEqual([]);
});

test('public groups are found by name and description, private ones never', async () => {
  const group = (name: string, description: string, visibility: 'PUBLIC' | 'PRIVATE') =>
    prisma().conversation.create({ data: { kind: 'GROUP', name, description, visibility, createdById: grace.id } });
  const cafe = await group('Café', 'Für müde Leute', 'PUBLIC');
  const secret = await group('Café geheim', '', 'PRIVATE');
  const names = async (q: string) =>
    (await listPublicConversations(ada.id, { q, limit: 50 })).conversations.map(({ name }) => name);
  for (const q of ['cafe', 'MUDE', 'CAFÉ']) expect(await names(q), q).toEqual(['Café']);
  expect((await prisma().conversation.findUniqueOrThrow({ where: { id: secret.id } })).folded).toBe('');
  await prisma().conversation.update({ where: { id: cafe.id }, data: { visibility: 'PRIVATE' } });
  expect(await names('cafe')).toEqual([]);
});
