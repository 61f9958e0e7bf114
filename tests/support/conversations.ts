import { randomUUID } from 'node:crypto';
import { prisma } from '@/lib/platform/db/prisma';
import type { Person } from '@/tests/support/people';

/** Inserts a group directly, without a system message or events. The first member is its creator and admin. */
export async function insertGroup(
  members: [Person, ...Person[]],
  visibility: 'PUBLIC' | 'PRIVATE' = 'PRIVATE',
): Promise<string> {
  const participants = members.map(({ id }, index) => ({
    userId: id,
    role: index === 0 ? ('ADMIN' as const) : ('MEMBER' as const),
  }));
  const data = { kind: 'GROUP' as const, name: 'Engine room', visibility, createdById: members[0].id };
  const made = await prisma().conversation.create({
    data: { ...data, participants: { create: participants } },
    select: { id: true },
  });
  return made.id;
}

/** Inserts a message through parley_send, like the writer. The attachments belong to the sender. */
export async function insertMessage(
  conversationId: string,
  sender: Person,
  content: string,
  attachmentIds: string[] = [],
): Promise<string> {
  const ordinals = attachmentIds.map(() => 1);
  const rows = await prisma().$queryRaw<{ id: string; status: string }[]>`
    SELECT id::text, status FROM parley_send(ARRAY[${conversationId}::uuid], ARRAY[${sender.id}::uuid], ARRAY[${randomUUID()}], ARRAY['TEXT'],
      ARRAY[${content}], ARRAY[NULL::uuid], ARRAY[NULL::jsonb], ${ordinals}::int[], ${attachmentIds}::uuid[])`;
  const [sent] = rows;
  if (sent?.status !== 'new') throw new Error(`The message was not stored: ${sent?.status}.`);
  return sent.id;
}
