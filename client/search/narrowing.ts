import { fold } from '@/lib/platform/text/fold';
import { dayIn } from '@/lib/platform/text/search/days';
import type { SearchQuery } from '@/lib/platform/text/search/query';

/** What filters leave of the messages in the browser. */
export interface Narrowing {
  /** null: any */
  conversationIds: string[] | null;
  /** ids of people, or handles with their `@`; null: anybody */
  senders: string[] | null;
  /** milliseconds since 1970: from the first to before the second */
  from: number;
  until: number;
  has: string[];
  /** the id of the person that must be mentioned */
  mentionOf: string | null;
  /** something is asked for that only the server knows, so nothing fits */
  isUnknown: boolean;
}

export interface Place {
  id: string;
  /** what it is called after `in:`, with its `#` or `@` */
  names: string[];
}

interface Reader {
  me: string;
  /** an IANA name */
  timeZone: string;
  /** milliseconds since 1970 */
  now: number;
  places: Place[];
  /** what chips chose, which says the same as operators: `from` holds ids of people, `in` ids of conversations */
  chosen: { name: string; value: string }[];
}

const everything = (): Narrowing => ({
  conversationIds: null,
  senders: null,
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  has: [],
  mentionOf: null,
  isUnknown: false,
});

/** Kinds that a message in the browser is known by; of the others, only the server knows. */
const knownKinds = new Set(['file', 'image', 'video', 'audio', 'link', 'reaction']);

/** Reads the filters of a query, and those that were chosen as chips. */
export function narrowingOf({ filters }: SearchQuery, reader: Reader): Narrowing {
  const all = everything();
  for (const { name, value } of [...filters, ...reader.chosen]) narrow(all, name, value, reader);
  return all;
}

function narrow(all: Narrowing, name: string, value: string, { me, timeZone, now, places }: Reader): void {
  const lower = value.toLowerCase();
  const day = () => dayIn(lower, timeZone, now);
  switch (name) {
    case 'from':
      all.senders = [...(all.senders ?? []), lower === 'me' ? me : lower];
      return;
    case 'in':
      all.conversationIds = [...(all.conversationIds ?? []), ...placesCalled(value, places)];
      return;
    case 'before':
      all.until = Math.min(all.until, day().from);
      return;
    case 'after':
      all.from = Math.max(all.from, day().until);
      return;
    case 'on':
      all.from = Math.max(all.from, day().from);
      all.until = Math.min(all.until, day().until);
      return;
    case 'has':
      all.has.push(lower);
      if (!knownKinds.has(lower)) all.isUnknown = true;
      return;
    default:
      if (lower === 'mention') all.mentionOf = me;
      else all.isUnknown = true;
  }
}

function placesCalled(value: string, places: Place[]): string[] {
  const wanted = asName(value);
  return places.filter(({ id, names }) => id === value || names.some((name) => asName(name) === wanted)).map(({ id }) => id);
}

/** `#engine-room` is "Engine room", as on the server: an operator's value has no blanks, unless it is quoted. */
const asName = (name: string): string => fold(name).replace(/[\s_-]+/g, ' ');
