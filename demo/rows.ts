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
  Pin: Row[];
  /** the file of each message that has one */
  attached: { messageId: string; file: string }[];
}

/** Changes per conversation in the feed; upkeep.ts prunes older ones. */
const changesKept = 1_000;

/** The rows of a conversation and everything in it, with consistent seq, rev, header and read positions. */
export function rowsOf(conversation: DemoConversation, history: PastMessage[], ids: Map<Handle, string>, random: Random): Rows {
  const person = (handle: Handle) => ids.get(handle) ?? '';
  const createdAt = new Date((history[0]?.at ?? new Date()).getTime() - 60_000);
  const conversationId = idAt(createdAt);
  const idOf = new Map(history.map((message) => [message, idAt(message.at)]));
  const rows: Rows = {
    ...{ Conversation: [], Participant: [], Message: [], Change: [], Reaction: [], Mention: [], Pin: [] },
    attached: [],
  };
  const shift = conversation.name === null ? 0 : 1;
  if (shift) rows.Message.push(creationMessage(conversation, conversationId, createdAt, person));

  for (const [index, message] of history.entries()) {
    const id = idOf.get(message) ?? '';
    rows.Message.push({
      id,
      conversationId,
      seq: index + 1,
      rev: index + 1 + shift,
      senderId: person(message.speaker),
      clientMessageId: id,
      type: typeOf(message),
      content: message.content,
      metadata: null,
      replyToId: message.replyTo ? idOf.get(message.replyTo) : null,
      createdAt: message.at,
      editedAt: message.editedAt,
      deletedAt: message.deletedAt,
    });
    rows.Reaction.push(...reactionsTo(message, id, conversation, person, random));
    rows.Mention.push(...mentionsIn(message, id, conversationId, index + 1, conversation, person));
    if (message.file) rows.attached.push({ messageId: id, file: message.file });
  }
  rows.Change = rows.Message.slice(-changesKept).map(({ rev, id }) => ({ conversationId, rev, messageId: id }));
  rows.Participant = conversation.members.map((handle) =>
    participant(conversation, history, conversationId, handle, createdAt, person),
  );
  rows.Pin = pinsAmong(rows, conversation, conversationId, person);
  rows.Conversation = [header(conversation, conversationId, rows, createdAt, person)];
  return rows;
}

type Person = (handle: Handle) => string;

/** A group keeps its newest documents at hand. */
function pinsAmong({ attached, Message }: Rows, { name, members }: DemoConversation, conversationId: string, person: Person) {
  const [creator = 'mara'] = members;
  const documents = new Set(name === null ? [] : attached.slice(-2).map(({ messageId }) => messageId));
  return Message.filter(({ id, deletedAt }) => documents.has(String(id)) && !deletedAt).map(({ id, createdAt }) => ({
    ...{ messageId: id, conversationId, userId: person(creator), createdAt },
  }));
}

function header(conversation: DemoConversation, id: string, rows: Rows, createdAt: Date, person: Person): Row {
  const [creator = 'mara', other] = conversation.members;
  const last = rows.Message.at(-1);
  const [smaller, larger] = [person(creator), person(other ?? creator)].sort();
  return {
    id,
    kind: conversation.name === null ? 'DIRECT' : 'GROUP',
    directKey: conversation.name === null ? `direct_${smaller}_${larger}` : null,
    name: conversation.name,
    description: conversation.description,
    visibility: conversation.visibility,
    createdById: person(creator),
    createdAt,
    updatedAt: createdAt,
    lastSeq: last?.seq ?? 0,
    lastRev: last?.rev ?? 0,
    memberRev: 0,
    lastMessageId: last?.id ?? null,
    lastMessageAt: last?.createdAt ?? createdAt,
    headId: last?.id ?? null,
    pinVersion: rows.Pin.length,
  };
}

/** The system message "… created the group". System messages have no seq of their own. */
function creationMessage(
  { members: [creator = 'mara'], name }: DemoConversation,
  conversationId: string,
  at: Date,
  person: Person,
): Row {
  const id = idAt(new Date(at.getTime() + 1));
  const fixed = { replyToId: null, editedAt: null, deletedAt: null, content: '', type: 'SYSTEM' };
  const metadata = { action: 'created', actorId: person(creator), name };
  return {
    id,
    conversationId,
    seq: 0,
    rev: 1,
    senderId: person(creator),
    clientMessageId: id,
    metadata,
    createdAt: at,
    ...fixed,
  };
}

/** Only Mara, the visitor's account, has unread messages. */
function participant(
  conversation: DemoConversation,
  history: PastMessage[],
  conversationId: string,
  handle: Handle,
  createdAt: Date,
  person: Person,
): Row {
  const last = history.length;
  const lastReadSeq = handle === 'mara' ? last - conversation.unread : last;
  return {
    conversationId,
    userId: person(handle),
    role: conversation.name !== null && handle === conversation.members[0] ? 'ADMIN' : 'MEMBER',
    joinedAt: createdAt,
    lastReadSeq,
    lastReadAt: history[lastReadSeq - 1]?.at ?? createdAt,
    ownSinceRead: history.slice(lastReadSeq).filter((message) => message.speaker === handle).length,
    lastDeliveredSeq: last,
    lastDeliveredAt: history.at(-1)?.at ?? createdAt,
  };
}

function reactionsTo(
  message: PastMessage,
  messageId: string,
  { members }: DemoConversation,
  person: Person,
  random: Random,
): Row[] {
  const others = members.filter((handle) => handle !== message.speaker);
  return message.reactions.flatMap(({ emoji, count }) =>
    random.some(others, count).map((handle, index) => ({
      messageId,
      userId: person(handle),
      emoji,
      createdAt: new Date(message.at.getTime() + 20_000 * (index + 1)),
    })),
  );
}

function mentionsIn(
  message: PastMessage,
  messageId: string,
  conversationId: string,
  seq: number,
  { members }: DemoConversation,
  person: Person,
): Row[] {
  return handlesIn(message.content)
    .filter((handle): handle is Handle => members.includes(handle as Handle) && handle !== message.speaker)
    .map((handle) => ({ messageId, userId: person(handle), conversationId, seq }));
}

function typeOf({ file }: PastMessage): string {
  if (!file) return 'TEXT';
  return file === 'press-kit' || file === 'faq' ? 'FILE' : 'IMAGE';
}
