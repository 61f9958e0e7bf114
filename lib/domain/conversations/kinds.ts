import type { Conversation } from '@/lib/domain/conversations/schema';

export type ConversationKind = Conversation['kind'];

/** The traits of a kind of conversation. Server and browser read this table, and no other code branches on a kind. */
interface Traits {
  /** its section in the list; null: not listed */
  listed: 'direct' | 'groups' | null;
  /** has its own name, description and picture; otherwise it is shown as the other person in it */
  named: boolean;
  /** people join, leave and have roles; otherwise its participants are fixed */
  membersManaged: boolean;
  /** every message notifies everybody in it, as if it mentioned them */
  personal: boolean;
  /** when others than the creator see it */
  firstShown: 'whenMade' | 'withFirstMessage';
}

export const conversationKinds: Record<ConversationKind, Traits> = {
  direct: { listed: 'direct', named: false, membersManaged: false, personal: true, firstShown: 'withFirstMessage' },
  group: { listed: 'groups', named: true, membersManaged: true, personal: false, firstShown: 'whenMade' },
};

type Shown = Pick<Conversation, 'kind' | 'lastSeq' | 'createdById'>;

/** Whether a person's list shows a conversation that they are in. The list itself uses `isShownTo` (access.ts) in SQL. */
export function showsTo(userId: string, { kind, lastSeq, createdById }: Shown): boolean {
  const { listed, firstShown } = conversationKinds[kind];
  return listed !== null && (firstShown === 'whenMade' || lastSeq > 0 || createdById === userId);
}

/** The kinds with a trait, spelled as in the database. */
export function kindsWhere(has: (traits: Traits) => boolean): string[] {
  return (Object.keys(conversationKinds) as ConversationKind[])
    .filter((kind) => has(conversationKinds[kind]))
    .map((kind) => kind.toUpperCase());
}
