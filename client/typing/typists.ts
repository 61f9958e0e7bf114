import { create } from 'zustand';
import { tell } from '@/client/socket/socket';
import type { Typist } from '@/lib/domain/typing/schema';
import { typingEveryMs, typingExpiresMs } from '@/lib/domain/typing/timing';

/** Who types where. It expires by itself: the event that ends it may never come. */
const useTypistsStore = create<Record<string, Typist[]>>(() => ({}));
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const nobody: Typist[] = [];

export const useTypists = (conversationId: string) => useTypistsStore((typists) => typists[conversationId] ?? nobody);

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
    const known = all[conversationId] ?? nobody;
    const others = known.filter(({ userId }) => userId !== typist.userId);
    if (!isTyping && others.length === known.length) return all;
    return { [conversationId]: isTyping ? [...others, typist] : others };
  });
}

let toldAt = 0;
let toldOf = '';

/** Tells the others that one types, at most every 2 s. */
export function tellTyping(conversationId: string): void {
  const now = performance.now();
  if (toldOf === conversationId && now - toldAt < typingEveryMs) return;
  toldAt = now;
  toldOf = conversationId;
  tell('typing.start', { conversationId });
}

/** What was typed is sent, which ends it for the others: whoever types on tells them anew. */
export function typingSent(conversationId: string): void {
  if (toldOf === conversationId) toldOf = '';
}

/** Sending says so by itself; this is for leaving, or for taking everything back. */
export function tellTypingStopped(conversationId: string): void {
  if (toldOf !== conversationId) return;
  toldOf = '';
  tell('typing.stop', { conversationId });
}
