import { fold } from '@/lib/platform/text/fold';
import { dayIn } from '@/lib/platform/text/search/days';
import type { SearchQuery } from '@/lib/platform/text/search/query';

/** The conditions that the filters of a query set on messages. */
export interface Narrowing {
  /** null: any */
  conversationIds: string[] | null;
  /** ids of people, or handles with their `@`; null: anybody */
  senders: string[] | null;
  /** milliseconds since 1970; `until` is exclusive */
  from: number;
  until: number;
  has: string[];
  /** the id of the person whom the message must mention */
  mentionOf: string | null;
  /** a filter needs data that only the server has, so no message in the browser matches */
  isUnknown: boolean;
}

export interface Place {
  id: string;
  /** its names after `in:`, with `#` or `@` */
  names: string[];
}

interface Reader {
  me: string;
  /** an IANA name */
  timeZone: string;
  /** milliseconds since 1970 */
  now: number;
  places: Place[];
  /** filters chosen as chips, equivalent to operators; the values of `from` and `in` are ids of people and conversations */
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

/** The values of `has:` that the browser can evaluate. The others need the server. */
const knownKinds = new Set(['file', 'image', 'video', 'audio', 'link', 'reaction']);

/** Combines the filters of a query and those that were chosen as chips. */
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

/** `#engine-room` matches "Engine room", as on the server, because an unquoted value cannot contain blanks. */
const asName = (name: string): string => fold(name).replace(/[\s_-]+/g, ' ');
