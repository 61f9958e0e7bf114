import { create } from 'zustand';
import { readLocal, removeLocal, writeLocal } from '@/client/browser/local-storage';
import type { FilterName } from '@/lib/platform/text/search/query';

/** A filter that was chosen and not typed. */
export interface Chip {
  name: FilterName;
  /** as narrowing.ts takes it: the id of a person or conversation, a day, a kind */
  value: string;
  /** what a person or conversation was called when it was chosen */
  label?: string;
}

export interface Searched {
  typed: string;
  chips: Chip[];
}

interface Session extends Searched {
  sort: 'newest' | 'best';
  /** where one was in the results of what is searched for: the row, and pixels from the top */
  place: { of: string; at: number; scrollTop: number } | null;
  change: (changes: Partial<Session>) => void;
}

/** What is searched for: stays while the panel is closed. */
export const useSession = create<Session>((set) => ({ typed: '', chips: [], sort: 'newest', place: null, change: set }));

/** Replaces a chip of the same meaning: a message is in one conversation and on one day. */
export function withChip(chips: Chip[], chip: Chip): Chip[] {
  const replaces = (one: Chip) =>
    (one.name === chip.name && one.value === chip.value) || (one.name === chip.name && !several.has(chip.name));
  return [...chips.filter((one) => !replaces(one)), chip];
}

const several = new Set<FilterName>(['from', 'has', 'is']);

const maxRecent = 8;
const nameOf = (me: string) => `parley.searches.${me}`;

/** What this person searched for in this browser, newest first. */
export function readRecent(me: string): Searched[] {
  try {
    const found: unknown = JSON.parse(readLocal(nameOf(me)) ?? '[]');
    return Array.isArray(found) ? found.filter(isSearched) : [];
  } catch {
    return [];
  }
}

export function addRecent(me: string, { typed, chips }: Searched): void {
  const searched = { typed: typed.trim(), chips };
  const others = readRecent(me).filter((one) => JSON.stringify(one) !== JSON.stringify(searched));
  writeLocal(nameOf(me), JSON.stringify([searched, ...others].slice(0, maxRecent)));
}

export const forgetRecent = (me: string): void => removeLocal(nameOf(me));

const isSearched = (one: unknown): one is Searched =>
  typeof one === 'object' &&
  one !== null &&
  'typed' in one &&
  typeof one.typed === 'string' &&
  'chips' in one &&
  Array.isArray(one.chips);
