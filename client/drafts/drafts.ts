import { create } from 'zustand';
import { forgetHere, keepHere, recallHere } from '@/client/browser/kept';
import type { Quote } from '@/lib/domain/messages/schema';

/** What is being written, one a conversation. The text lives here until the server has it too. */
export interface Writing {
  /** undefined: whatever the server keeps as the draft */
  text?: string;
  replyTo?: Quote | null;
  /** a message that is being edited, and its text so far */
  editing?: { messageId: string; text: string } | null;
}

const useWritingStore = create<Record<string, Writing>>(() => ({}));
const nothing: Writing = {};

export const useWriting = (conversationId: string) => useWritingStore((all) => all[conversationId] ?? nothing);
export const writingOf = (conversationId: string) => useWritingStore.getState()[conversationId] ?? nothing;

export function setWriting(conversationId: string, changes: Writing): void {
  useWritingStore.setState((all) => ({ [conversationId]: { ...all[conversationId], ...changes } }));
}

/** Keeps the text on this device, for this person, until the server has it: it survives a crash. */
export const keepText = (me: string, conversationId: string, text: string) => keepHere(nameOf(me, conversationId), text);
export const forgetText = (me: string, conversationId: string) => forgetHere(nameOf(me, conversationId));
export const recallText = (me: string, conversationId: string) => recallHere(nameOf(me, conversationId));

/** Another tab of this person wrote: its text is this tab's too. */
export function listenToTabs(me: string, conversationId: string, changed: (text: string) => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === nameOf(me, conversationId) && event.newValue !== null) changed(event.newValue);
  };
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}

const nameOf = (me: string, conversationId: string) => `parley.draft.${me}.${conversationId}`;
