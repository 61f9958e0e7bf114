import { withMine } from '@/client/state/window';
import type { Conversation, Membership } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { Participant } from '@/lib/domain/participants/schema';
import type { Receipt } from '@/lib/domain/receipts/schema';

/** What a new message does to its conversation's header. Each is counted once, whatever the order and repetition. */
export function receive(conversation: Conversation, message: Message, me: string): Conversation {
  const lastRev = Math.max(conversation.lastRev, message.rev);
  if (message.type === 'system' || message.seq <= conversation.lastSeq) return changeLast(conversation, message, me);
  return {
    ...conversation,
    lastRev,
    lastSeq: message.seq,
    lastMessage: withMine(message, undefined, me),
    ...(conversation.me ? { me: count(conversation.me, message, message.seq - conversation.lastSeq, me) } : {}),
  };
}

/** An edit, a deletion, a reaction: the header shows the newest message as it is now. */
export function changeLast(conversation: Conversation, message: Message, me: string): Conversation {
  const last = conversation.lastMessage;
  const lastRev = Math.max(conversation.lastRev, message.rev);
  if (last?.id !== message.id || last.rev >= message.rev)
    return lastRev === conversation.lastRev ? conversation : { ...conversation, lastRev };
  return { ...conversation, lastRev, lastMessage: withMine(message, last, me) };
}

/**
 * Takes what the server says now, unless it was said before what is already known.
 * @param before of an answer: as the conversation was known when it was asked for
 */
export function mergeConversation(
  known: Conversation | undefined,
  incoming: Conversation,
  before?: Conversation,
): Conversation {
  if (!known) return incoming;
  const newer = incoming.lastRev >= known.lastRev;
  const { lastSeq, lastRev, lastMessage } = newer ? { ...known, ...lastOf(incoming, known) } : known;
  const participants = mergePeople(incoming, known, before);
  const merged = { ...incoming, participants, lastSeq, lastRev, lastMessage, me: mergeMe(known, incoming, newer) };
  return keepFresher(merged, known, before?.me);
}

export function applyReceipts(participants: Participant[], receipts: Receipt[], kind: 'read' | 'delivered'): Participant[] {
  let changed = false;
  const next = participants.map((participant) => {
    const receipt = receipts.find(({ userId }) => userId === participant.user.id);
    if (!receipt) return participant;
    const lastDeliveredSeq = Math.max(participant.lastDeliveredSeq, receipt.seq);
    const reads = kind === 'read' && receipt.seq > participant.lastReadSeq;
    if (!reads && lastDeliveredSeq === participant.lastDeliveredSeq) return participant;
    changed = true;
    return { ...participant, lastDeliveredSeq, ...(reads ? { lastReadSeq: receipt.seq, lastReadAt: receipt.at } : {}) };
  });
  return changed ? next : participants;
}

/**
 * Whoever had read everything has read through their own message too.
 * @param lastSeq of the conversation before that message
 */
export function applyOwnMessage(participants: Participant[], message: Message, lastSeq: number): Participant[] {
  if (message.type === 'system' || message.seq !== lastSeq + 1) return participants;
  const index = participants.findIndex(({ user, lastReadSeq }) => user.id === message.sender.id && lastReadSeq === lastSeq);
  const sender = participants[index];
  if (!sender) return participants;
  const { seq, createdAt } = message;
  const lastDeliveredSeq = Math.max(sender.lastDeliveredSeq, seq);
  return participants.with(index, { ...sender, lastReadSeq: seq, lastReadAt: createdAt, lastDeliveredSeq });
}

/** The newest message first; one without any stands at its creation. */
export function sortConversations(conversations: Conversation[]): Conversation[] {
  const at = ({ lastMessage, createdAt }: Conversation) => lastMessage?.createdAt ?? createdAt;
  return conversations.toSorted((a, b) => (at(a) === at(b) ? (a.id < b.id ? 1 : -1) : at(a) < at(b) ? 1 : -1));
}

/** Unread is `lastSeq - lastReadSeq - own since`, so who had read everything stays so through an own message. */
function count(me: Membership, message: Message, newer: number, own: string): Membership {
  if (message.sender.id !== own)
    return {
      ...me,
      unreadCount: me.unreadCount + newer,
      mentionCount: me.mentionCount + (message.mentions.includes(own) ? 1 : 0),
    };
  if (me.unreadCount === 0 && newer === 1) return { ...me, lastReadSeq: message.seq };
  return { ...me, unreadCount: me.unreadCount + newer - 1 };
}

/** In events `lastMessage` has no `mine` either. */
function lastOf(incoming: Conversation, known: Conversation) {
  const { lastSeq, lastRev, lastMessage } = incoming;
  const same = known.lastMessage?.id === lastMessage?.id;
  if (same && known.lastMessage && lastMessage && known.lastMessage.rev >= lastMessage.rev)
    return { lastSeq, lastRev, lastMessage: known.lastMessage };
  return { lastSeq, lastRev, lastMessage };
}

function mergeMe(known: Conversation, incoming: Conversation, newer: boolean): Membership | null {
  if (!incoming.me) return incoming.me === null ? null : (known.me ?? null);
  if (!known.me) return incoming.me;
  const merged = mergeMemberships(known.me, incoming.me);
  return newer ? merged : { ...merged, ...readOf(known.me) };
}

/** What one has read, and the draft, each as of the newer version of the two. */
export function mergeMemberships(known: Membership, incoming: Membership): Membership {
  const { draft, draftVersion } = known.draftVersion > incoming.draftVersion ? known : incoming;
  const read = readOf(known.readVersion > incoming.readVersion ? known : incoming);
  return { ...incoming, ...read, draft, draftVersion };
}

const readOf = ({ lastReadSeq, unreadCount, mentionCount, readVersion }: Membership) => ({
  ...{ lastReadSeq, unreadCount, mentionCount, readVersion },
});

/** Seen here and now up to seq; the server's own numbers follow and win. */
export function see(conversation: Conversation, seq: number): Conversation {
  const { me, lastSeq } = conversation;
  if (!me || seq <= me.lastReadSeq) return conversation;
  const left = Math.max(0, lastSeq - seq);
  const [unreadCount, mentionCount] = left === 0 ? [0, 0] : [Math.min(me.unreadCount, left), me.mentionCount];
  return { ...conversation, me: { ...me, lastReadSeq: seq, unreadCount, mentionCount } };
}

/** What was read, here or elsewhere, while the answer was on its way. */
function keepFresher(merged: Conversation, { me, lastSeq }: Conversation, before?: Membership | null): Conversation {
  // The answer knows of more changes than this browser did: nothing here is fresher.
  if (!merged.me || !me || !before || merged.me.readVersion > me.readVersion) return merged;
  const news = merged.lastSeq - lastSeq;
  if (me.lastReadSeq === before.lastReadSeq) return merged;
  if (news > 0 && me.lastReadSeq > before.lastReadSeq) return see(merged, me.lastReadSeq);
  return { ...merged, me: { ...merged.me, ...readOf(me), unreadCount: me.unreadCount + news } };
}

/** How far others have read does not go back, and what they showed of themselves while the answer was on its way is theirs now. */
function mergePeople(incoming: Conversation, known: Conversation, before?: Conversation): Participant[] {
  return incoming.participants.map((participant) => {
    const now = find(known, participant);
    if (!now || now.joinedAt !== participant.joinedAt) return participant;
    const asked = before && find(before, participant);
    const { lastReadSeq, lastReadAt } = now.lastReadSeq > participant.lastReadSeq ? now : participant;
    const lastDeliveredSeq = Math.max(now.lastDeliveredSeq, participant.lastDeliveredSeq);
    const user = asked && asked.user !== now.user ? now.user : participant.user;
    return { ...participant, user, lastReadSeq, lastReadAt, lastDeliveredSeq };
  });
}

const find = ({ participants }: Conversation, { user }: Participant) => participants.find((one) => one.user.id === user.id);
