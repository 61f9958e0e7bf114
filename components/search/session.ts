import { create } from 'zustand';
import { readLocal, removeLocal, writeLocal } from '@/client/browser/local-storage';
import type { FilterName } from '@/lib/platform/text/search/query';

/** A filter that was chosen instead of typed. */
export interface Chip {
  name: FilterName;
  /** the id of a person or conversation, a day, or a kind; see narrowing.ts */
  value: string;
  /** the name of the person or conversation when it was chosen */
  label?: string;
}

export interface Searched {
  typed: string;
  chips: Chip[];
}

interface Session extends Searched {
  sort: 'newest' | 'best';
  /** the reader's place in the results: row and scroll position in pixels */
  place: { of: string; at: number; scrollTop: number } | null;
  change: (changes: Partial<Session>) => void;
}

/** The current search. Kept while the panel is closed. */
export const useSession = create<Session>((set) => ({ typed: '', chips: [], sort: 'newest', place: null, change: set }));

/** Replaces the chip of the same name where only one makes sense, because a message is in one conversation and on one day. */
export function withChip(chips: Chip[], chip: Chip): Chip[] {
  const replaces = (one: Chip) =>
    (one.name === chip.name && one.value === chip.value) || (one.name === chip.name && !several.has(chip.name));
  return [...chips.filter((one) => !replaces(one)), chip];
}

const several = new Set<FilterName>(['from', 'has', 'is']);

const maxRecent = 8;
const nameOf = (me: string) => `parley.searches.${me}`;

/** This person's recent searches in this browser, newest first. */
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
