import { create } from 'zustand';
import { readLocal, removeLocal, writeLocal } from '@/client/browser/local-storage';
import type { Quote } from '@/lib/domain/messages/schema';

/** The state of the composer, per conversation. It holds the text until the server has stored it. */
export interface Writing {
  /** undefined: use the draft that is stored on the server */
  text?: string;
  replyTo?: Quote | null;
  /** a message that is being edited, and its text so far */
  editing?: { messageId: string; text: string } | null;
}

const useWritingStore = create<Record<string, Writing>>(() => ({}));
const empty: Writing = {};

export const useWriting = (conversationId: string) => useWritingStore((all) => all[conversationId] ?? empty);
export const writingOf = (conversationId: string) => useWritingStore.getState()[conversationId] ?? empty;

export function setWriting(conversationId: string, changes: Writing): void {
  useWritingStore.setState((all) => ({ [conversationId]: { ...all[conversationId], ...changes } }));
}

/** Stores the text on this device, per person, until the server has it, so that it survives a crash. */
export const keepText = (me: string, conversationId: string, text: string) => writeLocal(nameOf(me, conversationId), text);
export const forgetText = (me: string, conversationId: string) => removeLocal(nameOf(me, conversationId));
export const recallText = (me: string, conversationId: string) => readLocal(nameOf(me, conversationId));

/** Calls back with the text that this person writes in another tab. @returns stops listening */
export function listenToTabs(me: string, conversationId: string, changed: (text: string) => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === nameOf(me, conversationId) && event.newValue !== null) changed(event.newValue);
  };
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}

const nameOf = (me: string, conversationId: string) => `parley.draft.${me}.${conversationId}`;
