import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Refused, register, signIn } from '@/tests/support/client';

export interface Person {
  id: string;
  name: string;
  token: string;
}

/** Registers people, a few at a time. */
export async function crowd(origin: string, count: number): Promise<Person[]> {
  const people: Person[] = [];
  while (people.length < count) {
    const some = Math.min(8, count - people.length);
    people.push(...(await Promise.all(Array.from({ length: some }, (_, index) => joined(origin, people.length + index + 1)))));
  }
  return people;
}

/** Creates a group of these people; the first one is its creator. @returns its id */
export async function group(origin: string, [maker, ...others]: Person[], visibility = 'private'): Promise<string> {
  const response = await fetch(`${origin}/api/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${maker?.token}` },
    body: JSON.stringify({ kind: 'group', name: 'Storm', visibility, memberIds: others.map(({ id }) => id) }),
  });
  const { conversation } = (await response.json()) as { conversation?: { id: string } };
  if (!conversation) throw new Error(`The group was refused with ${response.status}.`);
  return conversation.id;
}

/** On a machine that has little left for it, a server asks to be asked again: docs/protocol.md. These people are only the premise. */
async function joined(origin: string, number: number): Promise<Person> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      return await join(origin, number);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 503) || performance.now() > deadline) throw error;
      await wait(1_000);
    }
  }
}

async function join(origin: string, number: number): Promise<Person> {
  const input = { name: `Person ${number}`, email: `${randomUUID()}@parley.test`, password: 'a password in a storm' };
  const { user } = await register(origin, input);
  const { token } = await signIn(origin, input.email, input.password);
  return { id: user.id, name: input.name, token };
}
