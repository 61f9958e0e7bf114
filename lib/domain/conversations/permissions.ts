import type { ConversationRow, ParticipantRow } from '@/lib/domain/conversations/access';
import { type ConversationKind, conversationKinds } from '@/lib/domain/conversations/kinds';
import type { May, Permission } from '@/lib/domain/conversations/schema';
import { forbidden } from '@/lib/platform/errors/error';

/** A participant, and what they are in. */
interface Standing {
  conversation: Pick<ConversationRow, 'kind' | 'visibility'>;
  participant: Pick<ParticipantRow, 'role'>;
}

type Circle = 'everyone' | 'admins';

interface Rule {
  /** whose it is, of those who are in */
  who: Circle | ((conversation: Standing['conversation']) => Circle);
  /** only where members are managed: a direct conversation is what its two people made it */
  managed?: true;
}

/**
 * Who may do what in a conversation. Verbs demand it, answers say it (`me.may`), and the interface offers what they say. What belongs
 * to the author of a message alone (to edit it) is not here; neither is what everybody may who is in, as to read and react.
 */
const rules: Record<Permission, Rule> = {
  send: { who: 'everyone' },
  invite: { managed: true, who: ({ visibility }) => (visibility === 'PUBLIC' ? 'everyone' : 'admins') },
  edit: { managed: true, who: 'admins' },
  delete: { managed: true, who: 'admins' },
  leave: { managed: true, who: 'everyone' },
  removePeople: { managed: true, who: 'admins' },
  setRoles: { managed: true, who: 'admins' },
  deleteMessages: { managed: true, who: 'admins' },
};

export function may(permission: Permission, standing: Standing): boolean {
  return refusalOf(permission, standing) === null;
}

/** @throws FORBIDDEN */
export function demand(permission: Permission, standing: Standing): void {
  const refusal = refusalOf(permission, standing);
  if (refusal) throw forbidden(refusal.message, refusal.reason);
}

/** All of it, as answers say it. */
export function mayOf(standing: Standing): May {
  const entries = (Object.keys(rules) as Permission[]).map((permission) => [permission, may(permission, standing)]);
  return Object.fromEntries(entries) as May;
}

/** Whether somebody who is not in may let themselves in. */
export function mayJoin(conversation: Standing['conversation']): boolean {
  return isManaged(conversation) && conversation.visibility === 'PUBLIC';
}

function refusalOf(
  permission: Permission,
  { conversation, participant }: Standing,
): typeof isDirect | typeof isForAdmins | null {
  const { managed, who } = rules[permission];
  if (managed && !isManaged(conversation)) return isDirect;
  const circle = typeof who === 'string' ? who : who(conversation);
  return circle === 'everyone' || participant.role === 'ADMIN' ? null : isForAdmins;
}

const isDirect = { message: 'A direct conversation is what its two people made it.', reason: 'DIRECT_IS_FIXED' } as const;
const isForAdmins = { message: 'Only an admin of this group can do that.', reason: 'NOT_ADMIN' } as const;

const isManaged = ({ kind }: Standing['conversation']) =>
  conversationKinds[kind.toLowerCase() as ConversationKind].membersManaged;
