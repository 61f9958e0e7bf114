import type { DemoConversation } from '@/demo/conversations';
import type { PastMessage } from '@/demo/history';
import type { Handle } from '@/demo/people';
import type { Random } from '@/demo/random';
import { idAt } from '@/demo/writer';
import { handlesIn } from '@/lib/platform/text/handles';

type Row = Record<string, unknown>;

export interface Rows {
  Conversation: Row[];
  Participant: Row[];
  Message: Row[];
  Change: Row[];
  Reaction: Row[];
  Mention: Row[];
  /** which upload each message carries */
  carried: { messageId: string; file: string }[];
}

/** What the feed keeps of a conversation's changes (upkeep.ts prunes the rest). */
const changesKept = 1_000;

/** A conversation and all of it as rows that agree with each other: seq, rev, header, pointers. */
export function rowsOf(conversation: DemoConversation, history: PastMessage[], ids: Map<Handle, string>, random: Random): Rows {
  const person = (handle: Handle) => ids.get(handle) ?? '';
  const begin = new Date((history[0]?.at ?? new Date()).getTime() - 60_000);
  const conversationId = idAt(begin);
  const idOf = new Map(history.map((said) => [said, idAt(said.at)]));
  const rows: Rows = { Conversation: [], Participant: [], Message: [], Change: [], Reaction: [], Mention: [], carried: [] };
  const shift = conversation.name === null ? 0 : 1;
  if (shift) rows.Message.push(foundation(conversation, conversationId, begin, person));

  for (const [index, said] of history.entries()) {
    const id = idOf.get(said) ?? '';
    rows.Message.push({
      id,
      conversationId,
      seq: index + 1,
      rev: index + 1 + shift,
      senderId: person(said.speaker),
      clientMessageId: id,
      type: typeOf(said),
      content: said.content,
      metadata: null,
      replyToId: said.replyTo ? idOf.get(said.replyTo) : null,
      createdAt: said.at,
      editedAt: said.editedAt,
      deletedAt: said.deletedAt,
    });
    rows.Reaction.push(...reactionsTo(said, id, conversation, person, random));
    rows.Mention.push(...mentionsIn(said, id, conversationId, index + 1, conversation, person));
    if (said.file) rows.carried.push({ messageId: id, file: said.file });
  }
  rows.Change = rows.Message.slice(-changesKept).map(({ rev, id }) => ({ conversationId, rev, messageId: id }));
  rows.Participant = conversation.members.map((handle) =>
    participant(conversation, history, conversationId, handle, begin, person),
  );
  rows.Conversation = [header(conversation, conversationId, rows.Message, begin, person)];
  return rows;
}

type Person = (handle: Handle) => string;

function header(conversation: DemoConversation, id: string, messages: Row[], begin: Date, person: Person): Row {
  const [maker = 'mara', other] = conversation.members;
  const last = messages.at(-1);
  const [smaller, larger] = [person(maker), person(other ?? maker)].sort();
  return {
    id,
    kind: conversation.name === null ? 'DIRECT' : 'GROUP',
    directKey: conversation.name === null ? `direct_${smaller}_${larger}` : null,
    name: conversation.name,
    description: conversation.description,
    visibility: conversation.visibility,
    createdById: person(maker),
    createdAt: begin,
    updatedAt: begin,
    lastSeq: last?.seq ?? 0,
    lastRev: last?.rev ?? 0,
    memberRev: 0,
    lastMessageId: last?.id ?? null,
    lastMessageAt: last?.createdAt ?? begin,
    headId: last?.id ?? null,
  };
}

/** "… created the group": a system message takes no seq of its own. */
function foundation(
  { members: [maker = 'mara'], name }: DemoConversation,
  conversationId: string,
  at: Date,
  person: Person,
): Row {
  const id = idAt(new Date(at.getTime() + 1));
  const fixed = { replyToId: null, editedAt: null, deletedAt: null, content: '', type: 'SYSTEM' };
  const metadata = { action: 'created', actorId: person(maker), name };
  return {
    id,
    conversationId,
    seq: 0,
    rev: 1,
    senderId: person(maker),
    clientMessageId: id,
    metadata,
    createdAt: at,
    ...fixed,
  };
}

/** Mara has not read the last few, and nobody else has anything waiting. */
function participant(
  conversation: DemoConversation,
  history: PastMessage[],
  conversationId: string,
  handle: Handle,
  begin: Date,
  person: Person,
): Row {
  const last = history.length;
  const lastReadSeq = handle === 'mara' ? last - conversation.unread : last;
  return {
    conversationId,
    userId: person(handle),
    role: conversation.name !== null && handle === conversation.members[0] ? 'ADMIN' : 'MEMBER',
    joinedAt: begin,
    lastReadSeq,
    lastReadAt: history[lastReadSeq - 1]?.at ?? begin,
    ownSinceRead: history.slice(lastReadSeq).filter((said) => said.speaker === handle).length,
    lastDeliveredSeq: last,
    lastDeliveredAt: history.at(-1)?.at ?? begin,
    notify: 'ALL',
    draft: '',
  };
}

function reactionsTo(
  said: PastMessage,
  messageId: string,
  { members }: DemoConversation,
  person: Person,
  random: Random,
): Row[] {
  const others = members.filter((handle) => handle !== said.speaker);
  return said.reactions.flatMap(({ emoji, count }) =>
    random.some(others, count).map((handle, index) => ({
      messageId,
      userId: person(handle),
      emoji,
      createdAt: new Date(said.at.getTime() + 20_000 * (index + 1)),
    })),
  );
}

function mentionsIn(
  said: PastMessage,
  messageId: string,
  conversationId: string,
  seq: number,
  { members }: DemoConversation,
  person: Person,
): Row[] {
  return handlesIn(said.content)
    .filter((handle): handle is Handle => members.includes(handle as Handle) && handle !== said.speaker)
    .map((handle) => ({ messageId, userId: person(handle), conversationId, seq }));
}

function typeOf({ file }: PastMessage): string {
  if (!file) return 'TEXT';
  return file === 'press-kit' || file === 'faq' ? 'FILE' : 'IMAGE';
}
