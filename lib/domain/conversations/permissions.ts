import type { ConversationRow, ParticipantRow } from '@/lib/domain/conversations/access';
import { type ConversationKind, conversationKinds } from '@/lib/domain/conversations/kinds';
import type { May, Permission } from '@/lib/domain/conversations/schema';
import { forbidden } from '@/lib/platform/errors/error';

/** A participant with their conversation. */
interface Standing {
  conversation: Pick<ConversationRow, 'kind' | 'visibility'>;
  participant: Pick<ParticipantRow, 'role'>;
}

/** `addPeople` is `invite` on the wire. Here that name belongs to the workspace, which invites people who are not in it yet. */
type ConversationPermission = Exclude<Permission, 'invite'> | 'addPeople';
const onWire = (permission: ConversationPermission): Permission => (permission === 'addPeople' ? 'invite' : permission);

type Circle = 'everyone' | 'admins';

interface Rule {
  /** the participants who have the permission */
  who: Circle | ((conversation: Standing['conversation']) => Circle);
  /** only where members are managed: a direct conversation cannot be changed */
  managed?: true;
}

/**
 * The permissions in a conversation. Verbs check them (`demand`), answers carry them (`me.may`), and the interface offers only
 * what they allow. Rights of a message's author (editing) and of every participant (reading, reacting) are not listed here.
 */
const rules: Record<ConversationPermission, Rule> = {
  send: { who: 'everyone' },
  pin: { who: 'everyone' },
  addPeople: { managed: true, who: ({ visibility }) => (visibility === 'PUBLIC' ? 'everyone' : 'admins') },
  edit: { managed: true, who: 'admins' },
  delete: { managed: true, who: 'admins' },
  leave: { managed: true, who: 'everyone' },
  removePeople: { managed: true, who: 'admins' },
  setRoles: { managed: true, who: 'admins' },
  deleteMessages: { managed: true, who: 'admins' },
};

export function may(permission: ConversationPermission, standing: Standing): boolean {
  return refusalOf(permission, standing) === null;
}

/** @throws FORBIDDEN */
export function demand(permission: ConversationPermission, standing: Standing): void {
  const refusal = refusalOf(permission, standing);
  if (refusal) throw forbidden(refusal.message, refusal.reason);
}

/** All permissions of a participant, as answers carry them. */
export function mayOf(standing: Standing): May {
  const permissions = Object.keys(rules) as ConversationPermission[];
  const entries = permissions.map((permission) => [onWire(permission), may(permission, standing)]);
  return Object.fromEntries(entries) as May;
}

/** Whether a person who is not in the conversation may join it. */
export function mayJoin(conversation: Standing['conversation']): boolean {
  return isManaged(conversation) && conversation.visibility === 'PUBLIC';
}

function refusalOf(
  permission: ConversationPermission,
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
