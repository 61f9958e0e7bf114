import { prisma } from '@/lib/platform/db/prisma';

/** The cast. Mallory is in no conversation: she is the outsider twin of every permission. */
const names = {
  ada: 'Ada Lovelace',
  grace: 'Grace Hopper',
  linus: 'Linus Torvalds',
  margaret: 'Margaret Hamilton',
  alan: 'Alan Turing',
  katherine: 'Katherine Johnson',
  mallory: 'Mallory Outsider',
};

export type CastMember = keyof typeof names;

export interface Person {
  id: string;
  name: string;
  handle: string;
  email: string;
}

/** @example const { ada, grace } = await cast('ada', 'grace') */
export async function cast<Member extends CastMember>(...members: Member[]): Promise<Record<Member, Person>> {
  const people: Partial<Record<Member, Person>> = {};
  for (const member of members) people[member] = await createPerson({ name: names[member], handle: member });
  return people as Record<Member, Person>;
}

let made = 0;

/** Inserts a person without a password, who therefore cannot sign in. */
export async function createPerson(input: { name?: string; handle?: string; passwordHash?: string } = {}): Promise<Person> {
  made += 1;
  const handle = input.handle ?? `person${made}`;
  const data = {
    name: input.name ?? `Person ${made}`,
    handle,
    email: `${handle}@parley.test`,
    passwordHash: input.passwordHash,
  };
  return prisma().user.create({ data, select: { id: true, name: true, handle: true, email: true } });
}
