import { changePinned, mergePins } from '@/client/state/pins';
import { withMine } from '@/client/state/window';
import type { Conversation, MemberSettings, Membership } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';
import type { Participant } from '@/lib/domain/participants/schema';
import type { Receipt } from '@/lib/domain/receipts/schema';

/** Applies a new message to its conversation's header. Each counts once, whatever the order and repetition. */
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

/** After an edit, a deletion or a reaction the header shows the newest message, and the last pinned one, in its present state. */
export function changeLast(known: Conversation, message: Message, me: string): Conversation {
  const conversation = changePinned(known, message, me);
  const last = conversation.lastMessage;
  const lastRev = Math.max(conversation.lastRev, message.rev);
  if (last?.id !== message.id || last.rev >= message.rev)
    return lastRev === conversation.lastRev ? conversation : { ...conversation, lastRev };
  return { ...conversation, lastRev, lastMessage: withMine(message, last, me) };
}

/**
 * Merges the server's conversation into the known one, unless it is older.
 * @param before for an answer: the conversation as it was known at the time of the request
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
  const pins = mergePins(known.pins, incoming.pins);
  const merged = { ...incoming, participants, lastSeq, lastRev, lastMessage, pins, me: mergeMe(known, incoming, newer) };
  return keepFresher(before ? keepChanged(merged, known, before) : merged, known, before?.me);
}

/** What events can change of a conversation and a membership, beside messages, read state and draft, which have numbers of their own. */
const fields = ['name', 'description', 'visibility', 'image', 'participantCount'] as const;
const memberFields = named<'role' | 'may' | keyof MemberSettings>({ role: true, may: true, notify: true });

/** The names of a record that has to list them all. */
function named<Name extends string>(all: Record<Name, true>): Name[] {
  return Object.keys(all) as Name[];
}

/** Keeps what events changed during the request. The answer may be older, and a change that it alone has is followed by its event. */
function keepChanged(merged: Conversation, known: Conversation, before: Conversation): Conversation {
  const me = merged.me && known.me && before.me ? { ...merged.me, ...changed(memberFields, known.me, before.me) } : merged.me;
  return { ...merged, ...changed(fields, known, before), me };
}

function changed<Whole, Name extends keyof Whole>(
  names: readonly Name[],
  known: Whole,
  before: Whole,
): Partial<Pick<Whole, Name>> {
  const different = names.filter((name) => known[name] !== before[name]).map((name) => [name, known[name]]);
  return Object.fromEntries(different) as Partial<Pick<Whole, Name>>;
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
 * A person who had read everything has also read their own message.
 * @param lastSeq the conversation's before that message
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

/** The newest message first; a conversation without messages counts from its creation. */
export function sortConversations(conversations: Conversation[]): Conversation[] {
  const at = ({ lastMessage, createdAt }: Conversation) => lastMessage?.createdAt ?? createdAt;
  return conversations.toSorted((a, b) => (at(a) === at(b) ? (a.id < b.id ? 1 : -1) : at(a) < at(b) ? 1 : -1));
}

/** Unread is `lastSeq - lastReadSeq - own since`, so an own message leaves a conversation read. */
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

/** `lastMessage` has no `mine` in events. */
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

/** The read state and the draft, each of the newer version. */
export function mergeMemberships(known: Membership, incoming: Membership): Membership {
  const { draft, draftVersion } = known.draftVersion > incoming.draftVersion ? known : incoming;
  const read = readOf(known.readVersion > incoming.readVersion ? known : incoming);
  return { ...incoming, ...read, draft, draftVersion };
}

const readOf = ({ lastReadSeq, unreadCount, mentionCount, readVersion }: Membership) => ({
  ...{ lastReadSeq, unreadCount, mentionCount, readVersion },
});

/** Marks messages up to seq as read here. The server's own numbers follow, and win. */
export function see(conversation: Conversation, seq: number): Conversation {
  const { me, lastSeq } = conversation;
  if (!me || seq <= me.lastReadSeq) return conversation;
  const left = Math.max(0, lastSeq - seq);
  const [unreadCount, mentionCount] = left === 0 ? [0, 0] : [Math.min(me.unreadCount, left), me.mentionCount];
  return { ...conversation, me: { ...me, lastReadSeq: seq, unreadCount, mentionCount } };
}

/** Keeps reads that happened here or elsewhere during the request. */
function keepFresher(merged: Conversation, { me, lastSeq }: Conversation, before?: Membership | null): Conversation {
  // The answer is newer than all changes known here.
  if (!merged.me || !me || !before || merged.me.readVersion > me.readVersion) return merged;
  const news = merged.lastSeq - lastSeq;
  if (me.lastReadSeq === before.lastReadSeq) return merged;
  if (news > 0 && me.lastReadSeq > before.lastReadSeq) return see(merged, me.lastReadSeq);
  return { ...merged, me: { ...merged.me, ...readOf(me), unreadCount: me.unreadCount + news } };
}

/** Watermarks of others never move back, and changes of people during the request are newer than the answer. */
function mergePeople(incoming: Conversation, known: Conversation, before?: Conversation): Participant[] {
  // Somebody joined or left during the request.
  const { participants } = before && peopleIn(known) !== peopleIn(before) ? known : incoming;
  return participants.map((participant) => {
    const now = find(known, participant);
    if (!now || now.joinedAt !== participant.joinedAt) return participant;
    const asked = before && find(before, participant);
    const { lastReadSeq, lastReadAt } = now.lastReadSeq > participant.lastReadSeq ? now : participant;
    const lastDeliveredSeq = Math.max(now.lastDeliveredSeq, participant.lastDeliveredSeq);
    const user = asked && asked.user !== now.user ? now.user : participant.user;
    return { ...participant, user, lastReadSeq, lastReadAt, lastDeliveredSeq };
  });
}

const peopleIn = ({ participants }: Conversation) => participants.map(({ user }) => user.id).join();

const find = ({ participants }: Conversation, { user }: Participant) => participants.find((one) => one.user.id === user.id);
