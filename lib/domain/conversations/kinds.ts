import type { Conversation } from '@/lib/domain/conversations/schema';

export type ConversationKind = Conversation['kind'];

/** What a kind of conversation is like. Server and browser read this table; nothing branches on a kind itself. */
interface Traits {
  /** the section of the list that it stands in; null: it is in no list */
  listed: 'direct' | 'groups' | null;
  /** it has a name, a description and a picture of its own; else it is called by the other person in it */
  named: boolean;
  /** people come and go, and have roles; else it is between those it was made for */
  membersManaged: boolean;
  /** whatever is written in it is meant for everybody in it, as if it mentioned them */
  personal: boolean;
  /** when it shows to those who did not make it */
  firstShown: 'whenMade' | 'withFirstMessage';
}

export const conversationKinds: Record<ConversationKind, Traits> = {
  direct: { listed: 'direct', named: false, membersManaged: false, personal: true, firstShown: 'withFirstMessage' },
  group: { listed: 'groups', named: true, membersManaged: true, personal: false, firstShown: 'whenMade' },
};

type Shown = Pick<Conversation, 'kind' | 'lastSeq' | 'createdById'>;

/** Whether a conversation that this person is in is in their list. The list itself asks the database (`isShownTo` in access.ts). */
export function showsTo(userId: string, { kind, lastSeq, createdById }: Shown): boolean {
  const { listed, firstShown } = conversationKinds[kind];
  return listed !== null && (firstShown === 'whenMade' || lastSeq > 0 || createdById === userId);
}

/** As the database spells the kinds that have a trait. */
export function kindsWhere(has: (traits: Traits) => boolean): string[] {
  return (Object.keys(conversationKinds) as ConversationKind[])
    .filter((kind) => has(conversationKinds[kind]))
    .map((kind) => kind.toUpperCase());
}
