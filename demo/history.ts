import type { DemoConversation } from '@/demo/conversations';
import { fillExchange, type Line, parseLine } from '@/demo/lines';
import type { Random } from '@/demo/random';

/** A line with the time it was sent. */
export interface PastMessage extends Line {
  at: Date;
  /** the message that this one replies to */
  replyTo: PastMessage | null;
  editedAt: Date | null;
  deletedAt: Date | null;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const weeks = 8;

/** The messages of a conversation, oldest first, with distinct times. */
export function historyOf(conversation: DemoConversation, now: Date, random: Random): PastMessage[] {
  const last = lastLines(conversation, now, random);
  const until = (last[0]?.at ?? new Date(now.getTime() - conversation.quietFor * minute)).getTime() - minute;
  const earlier: PastMessage[] = [];
  while (earlier.length < conversation.messages) {
    const lines = fillExchange(random.pick(conversation.past), conversation.members, random);
    earlier.push(...place(lines, workingMoment(now, random), random).filter(({ at }) => at.getTime() < until));
  }
  const all = [...earlier.sort((a, b) => a.at.getTime() - b.at.getTime()), ...last];
  for (const [index, message] of all.entries()) {
    const before = all[index - 1]?.at.getTime() ?? 0;
    if (message.at.getTime() <= before) message.at = new Date(before + 1);
  }
  return all;
}

function lastLines({ last, quietFor }: DemoConversation, now: Date, random: Random): PastMessage[] {
  const lines = last.map(parseLine);
  let at = now.getTime() - quietFor * minute;
  const moments = lines.map(() => {
    const moment = at;
    at -= random.between(1, 9) * minute + random.between(0, 59) * 1_000;
    return new Date(moment);
  });
  return connect(lines, moments.reverse());
}

function place(lines: Line[], begin: Date, random: Random): PastMessage[] {
  let at = begin.getTime();
  const moments = lines.map(() => {
    at += random.between(8, 190) * 1_000 + random.between(0, 999);
    return new Date(at);
  });
  return connect(lines, moments).map((message) => editOrDelete(message, random));
}

function connect(lines: Line[], moments: Date[]): PastMessage[] {
  const all: PastMessage[] = [];
  for (const [index, line] of lines.entries()) {
    const at = moments[index] ?? new Date();
    all.push({ ...line, at, replyTo: line.reply ? (all[0] ?? null) : null, editedAt: null, deletedAt: null });
  }
  return all;
}

/** Edits some of the messages, and deletes a few. */
function editOrDelete(message: PastMessage, random: Random): PastMessage {
  const chance = random.next();
  const later = new Date(message.at.getTime() + random.between(20, 400) * 1_000);
  if (chance < 0.006) return { ...message, content: '', reactions: [], deletedAt: later };
  return chance < 0.03 ? { ...message, editedAt: later } : message;
}

/** A random time on a working day. Recent days are more likely. */
function workingMoment(now: Date, random: Random): Date {
  for (;;) {
    const moment = new Date(now.getTime() - random.next() ** 1.6 * weeks * 7 * day);
    const weekend = moment.getDay() === 0 || moment.getDay() === 6;
    if (weekend && random.next() > 0.06) continue;
    moment.setHours(8, random.between(20, 600), random.between(0, 59), random.between(0, 999));
    if (moment < now) return moment;
  }
}
