import { create } from 'zustand';
import { emit } from '@/client/socket/socket';
import type { Typist } from '@/lib/domain/typing/schema';
import { typingEveryMs, typingExpiresMs } from '@/lib/domain/typing/timing';

/** The people who type, by conversation. Entries expire, because the event that ends typing may be lost. */
const useTypistsStore = create<Record<string, Typist[]>>(() => ({}));
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const none: Typist[] = [];

export const useTypists = (conversationId: string) => useTypistsStore((typists) => typists[conversationId] ?? none);

export function setTyping(conversationId: string, typist: Typist, isTyping: boolean): void {
  const key = `${conversationId} ${typist.userId}`;
  clearTimeout(timers.get(key));
  timers.delete(key);
  if (isTyping)
    timers.set(
      key,
      setTimeout(() => setTyping(conversationId, typist, false), typingExpiresMs),
    );
  useTypistsStore.setState((all) => {
    const known = all[conversationId] ?? none;
    const others = known.filter(({ userId }) => userId !== typist.userId);
    if (!isTyping && others.length === known.length) return all;
    return { [conversationId]: isTyping ? [...others, typist] : others };
  });
}

let announcedAt = 0;
let announcedIn = '';

/** Announces that this person types, at most every 2 s. */
export function announceTyping(conversationId: string): void {
  const now = performance.now();
  if (announcedIn === conversationId && now - announcedAt < typingEveryMs) return;
  announcedAt = now;
  announcedIn = conversationId;
  emit('typing.start', { conversationId });
}

/** Call it after sending a message, which ends typing for the others. Further typing is announced again. */
export function typingSent(conversationId: string): void {
  if (announcedIn === conversationId) announcedIn = '';
}

/** Announces the end of typing when the composer is emptied or left. Sending a message ends it without this. */
export function announceTypingStopped(conversationId: string): void {
  if (announcedIn !== conversationId) return;
  announcedIn = '';
  emit('typing.stop', { conversationId });
}
