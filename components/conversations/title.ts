import type { Conversation } from '@/lib/domain/conversations/schema';
import type { User } from '@/lib/domain/users/schema';

/** What a reader calls it: a group's name, the other person's, or their own notes. */
export function titleOf(conversation: Conversation, readerId: string): string {
  if (conversation.kind === 'group') return conversation.name ?? '';
  return isNotes(conversation) ? 'Notes to self' : (otherOf(conversation, readerId)?.name ?? '');
}

/** The other one in a direct conversation; oneself in one's notes; undefined in a group. */
export function otherOf(conversation: Conversation, readerId: string): User | undefined {
  if (conversation.kind === 'group') return undefined;
  const { participants } = conversation;
  return (participants.find(({ user }) => user.id !== readerId) ?? participants[0])?.user;
}

export const isNotes = (conversation: Conversation) => conversation.kind === 'direct' && conversation.participants.length === 1;
