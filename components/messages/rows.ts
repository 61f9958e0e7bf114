import type { Outgoing } from '@/client/outbox/outbox';
import { emptyParts } from '@/lib/domain/messages/empty-parts';
import type { Message } from '@/lib/domain/messages/schema';
import type { Sender } from '@/lib/domain/users/schema';

/** A day of the timeline with its rows. */
export interface Day {
  key: string;
  /** a time of that day, from which its name is formatted */
  at: string;
  rows: Row[];
}

export interface Row {
  /** the same for an outgoing message and the server's message that replaces it */
  key: string;
  message: Message;
  outgoing: Outgoing | null;
  /** continues the row before it: no picture, no name */
  grouped: boolean;
  /** the first message that was unread when the conversation was opened */
  startsNew: boolean;
}

const groupedWithinMs = 5 * 60_000;

interface Options {
  me: Sender;
  dayKey: (iso: string) => string;
  /** later messages were unread when the conversation was opened; null: all were read */
  readUpTo: number | null;
  /** these messages include the conversation's first one; otherwise an earlier message may be the first unread one */
  fromBeginning: boolean;
}

export function rowsOf(messages: Message[], outgoing: Outgoing[], { me, dayKey, readUpTo, fromBeginning }: Options): Day[] {
  const days: Day[] = [];
  const arrived = new Set(messages.filter(({ sender }) => sender.id === me.id).map(({ clientMessageId }) => clientMessageId));
  const waiting = outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
  const shown = [
    ...messages.map((message) => ({ message, outgoing: null })),
    ...waiting.map((one) => standIn(one, me, messages.at(-1))),
  ];
  let before: Message | null = null;
  let newStarted = readUpTo === null;
  for (const { message, outgoing } of shown) {
    const key = dayKey(message.createdAt);
    let day = days.at(-1);
    // If a device's clock is slow, its message must not start an earlier day below a later one.
    if (!day || day.key < key) {
      day = { key, at: message.createdAt, rows: [] };
      days.push(day);
      before = null;
    }
    const isUnread = !newStarted && isNew(message, me, readUpTo ?? 0);
    newStarted ||= isUnread;
    const startsNew = isUnread && (fromBeginning || message !== messages[0]);
    const grouped = !startsNew && before !== null && continues(message, before);
    const own = message.sender.id === me.id && message.type !== 'system';
    day.rows.push({ key: own ? message.clientMessageId : message.id, message, outgoing, grouped, startsNew });
    before = message;
  }
  return days;
}

/** Whether the message was unread: another person wrote it after the read watermark. */
export function isNew(message: Message, me: Pick<Sender, 'id'>, readUpTo: number): boolean {
  return message.type !== 'system' && message.seq > readUpTo && message.sender.id !== me.id;
}

function continues(message: Message, before: Message): boolean {
  if (message.type === 'system' || before.type === 'system') return false;
  if (message.sender.id !== before.sender.id || message.replyTo) return false;
  return Date.parse(message.createdAt) - Date.parse(before.createdAt) < groupedWithinMs;
}

/** The message that an outgoing one will become. */
function standIn(outgoing: Outgoing, me: Sender, last: Message | undefined): { message: Message; outgoing: Outgoing } {
  // An outgoing message is always last, so it takes the newest message's time when this device's clock is slow.
  const createdAt = last && last.createdAt > outgoing.createdAt ? last.createdAt : outgoing.createdAt;
  const message: Message = {
    id: outgoing.ack?.messageId ?? outgoing.clientMessageId,
    conversationId: outgoing.conversationId,
    seq: outgoing.ack?.seq ?? Number.POSITIVE_INFINITY,
    rev: 0,
    sender: me,
    clientMessageId: outgoing.clientMessageId,
    type: 'text',
    content: outgoing.content,
    metadata: null,
    ...emptyParts,
    attachments: outgoing.attachments,
    replyTo: outgoing.replyTo,
    createdAt: outgoing.ack?.createdAt ?? createdAt,
    editedAt: null,
    deletedAt: null,
  };
  return { message, outgoing };
}
