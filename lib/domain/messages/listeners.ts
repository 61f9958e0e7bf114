import { processSingleton } from '@/lib/platform/process/singleton';

type Listener = (conversationId: string) => void;

const listeners = () => processSingleton('messages.listeners', () => new Set<Listener>());

/**
 * Calls back when this process has changed messages of a conversation: after the commit, the event and the ack.
 * @param listener must be quick and must not throw
 * @returns ends it
 */
export function onMessagesChanged(listener: Listener): () => void {
  listeners().add(listener);
  return () => void listeners().delete(listener);
}

export function messagesChanged(conversationId: string): void {
  for (const listener of listeners()) listener(conversationId);
}
