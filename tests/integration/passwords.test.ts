import { hash, verify } from '@node-rs/argon2';
import { expect, test, vi } from 'vitest';
import { judgePassword } from '@/lib/domain/accounts/password';
import { register } from '@/lib/domain/accounts/register';
import { checkPassword } from '@/lib/domain/accounts/signin';
import { registerSchema } from '@/lib/domain/users/schema';
import { prisma } from '@/lib/platform/db/prisma';
import { createPerson } from '@/tests/support/people';
import { codeOf } from '@/tests/support/talk';

// The real hash function, wrapped to count its calls.
vi.mock('@node-rs/argon2', async (actual) => {
  const real = await actual<typeof import('@node-rs/argon2')>();
  return { ...real, verify: vi.fn(real.verify) };
});

const composed = 'café au lait １';
const decomposed = 'cafe\u0301\u00A0au lait 1';
const signIn = (email: string, password: string) =>
  checkPassword({ email, password }, { address: '203.0.113.7', device: null });
const storedHash = async (id: string) => (await prisma().user.findUniqueOrThrow({ where: { id } })).passwordHash ?? '';

test('a password matches in every Unicode form that keyboards produce', async () => {
  const input = registerSchema.parse({ name: 'Olga Owner', email: 'olga@parley.test', password: decomposed });
  const { id } = await register(input, { address: '127.0.0.1', fromThisMachine: true });
  for (const typed of [composed, decomposed]) expect(await signIn('olga@parley.test', typed)).toEqual({ userId: id });
  expect(await codeOf(signIn('olga@parley.test', 'cafe au lait 1'))).toBe('UNAUTHENTICATED');
});

test('an older hash still matches the typed form, and is replaced by one that matches every form', async () => {
  const { id, email } = await createPerson({ handle: 'old', passwordHash: await hash(decomposed) });
  const before = await storedHash(id);
  expect(await codeOf(signIn(email, composed)), 'not known yet to be the same').toBe('UNAUTHENTICATED');
  expect(await signIn(email, decomposed)).toEqual({ userId: id });
  expect(await storedHash(id)).not.toBe(before);
  for (const typed of [composed, decomposed]) expect(await signIn(email, typed)).toEqual({ userId: id });
  const after = await storedHash(id);
  await signIn(email, composed);
  expect(await storedHash(id), 'once is enough').toBe(after);
});

test('a wrong password costs as many hash checks with an account as without', async () => {
  const passwordHash = await hash('something else');
  const looksAt = async (stored: string | null, typed: string) => {
    vi.mocked(verify).mockClear();
    expect(await judgePassword(stored, typed)).toBe('wrong');
    return vi.mocked(verify).mock.calls.length;
  };
  expect([await looksAt(passwordHash, 'plain'), await looksAt(null, 'plain')]).toEqual([1, 1]);
  expect([await looksAt(passwordHash, composed), await looksAt(null, composed)]).toEqual([2, 2]);
});
