'use client';
import { useMemo } from 'react';
import { noteUse, usageOf } from '@/client/browser/usage';
import { useConversations, useMe } from '@/client/state/queries';
import type { Command } from '@/components/conversations/commands';
import { otherOf, useTitleOf } from '@/components/conversations/title';
import { useGo } from '@/components/conversations/use-go';
import { usePeople } from '@/components/users/people';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { GoAnswer } from '@/lib/domain/search/schema';
import type { User } from '@/lib/domain/users/schema';
import { fold, wordsOf } from '@/lib/platform/text/fold';
import { isNear } from '@/lib/platform/text/near';

export type Found =
  | { kind: 'conversation'; conversation: Conversation }
  | { kind: 'person'; person: User }
  | { kind: 'group'; group: PublicGroup }
  | { kind: 'command'; command: Command };

/** A public group that one is not in. */
type PublicGroup = GoAnswer['conversations'][number];

export function keyOf(found: Found): string {
  if (found.kind === 'conversation') return found.conversation.id;
  if (found.kind === 'person') return found.person.id;
  return found.kind === 'group' ? found.group.id : found.command.id;
}

/**
 * Conversations and commands by name and by how often they were chosen, then people one has not written with yet. Typing nothing
 * finds the latest conversations.
 * @param commands what the palette does; with them it also finds public groups that one is not in
 */
export function useFinder(typed: string, commands: Command[] = noCommands): { found: Found[]; isPending: boolean } {
  const titleOf = useTitleOf();
  const me = useMe();
  const conversations = useConversations();
  const wanted = fold(typed);
  const { people, isPending } = usePeople(typed, wanted !== '');
  const asked = useGo(typed, commands.length > 0);
  const found = useMemo(() => {
    const usage = usageOf(me.id, Date.now());
    const named = [
      ...conversations.map((conversation) => ({
        found: { kind: 'conversation', conversation } as Found,
        name: `${titleOf(conversation)} ${otherOf(conversation, me.id)?.handle ?? ''}`,
      })),
      ...commands.map((command) => ({ found: { kind: 'command', command } as Found, name: command.words })),
    ];
    const latest = conversations.slice(0, mostLatest).map((conversation): Found => ({ kind: 'conversation', conversation }));
    if (wanted === '') return [...latest, ...named.slice(conversations.length).map((one) => one.found)];
    const ranked = named
      .map((one) => ({ ...one, rank: rankOf(one.name, wanted), use: usage(keyOf(one.found)) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank + bonusOf(b.use) - a.rank - bonusOf(a.use))
      .slice(0, mostFound);
    const known = new Set(conversations.map((conversation) => otherOf(conversation, me.id)?.id));
    const everybody = new Map([...people, ...asked.people].map((person) => [person.id, person]));
    const listed = new Set(conversations.map(({ id }) => id));
    const groups = asked.conversations.filter(({ id, joined, name }) => !joined && !listed.has(id) && rankOf(name, wanted) > 0);
    const strangers = [...everybody.values()].filter(
      ({ id, name, handle }) => !known.has(id) && rankOf(`${name} ${handle}`, wanted) > 0,
    );
    return [
      ...ranked.map((one) => one.found),
      ...groups.map((group): Found => ({ kind: 'group', group })),
      ...strangers.map((person): Found => ({ kind: 'person', person })),
    ];
  }, [conversations, commands, people, asked, wanted, me.id, titleOf]);
  return { found, isPending: isPending && wanted !== '' };
}

/** Notes that it was chosen, so that it comes earlier the next time. */
export const noteChosen = (me: string, found: Found): void => noteUse(me, keyOf(found), Date.now());

const mostLatest = 8;
const mostFound = 20;
const noCommands: Command[] = [];

/** Less than the step between two ranks: what is often chosen never comes before what fits better. */
const bonusOf = (use: number): number => use / (use + 1);

/** 0 for no match; the beginning of the name is best, then the beginning of a word, the middle of one, a typing error. */
export function rankOf(name: string, wanted: string): number {
  const text = fold(name);
  if (text.startsWith(wanted)) return 4;
  if (text.includes(` ${wanted}`)) return 3;
  if (text.includes(wanted)) return 2;
  const words = wordsOf(name);
  return wordsOf(wanted).every((typed) => words.some((word) => isNear(word, typed))) ? 1 : 0;
}
