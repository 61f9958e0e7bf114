'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { pushAddress, replaceAddress } from '@/client/browser/back';

/** Where in the frame somebody is. Moving is history.pushState: Next keeps its hooks in step and asks the server nothing. */
export function useConversationId(): string | null {
  return /^\/c\/([0-9a-f-]{36})\/?$/i.exec(usePathname())?.[1]?.toLowerCase() ?? null;
}

export function useScreen(): 'list' | 'conversation' | 'settings' {
  const path = usePathname();
  if (path.startsWith('/settings')) return 'settings';
  return path.startsWith('/c/') ? 'conversation' : 'list';
}

/** The message a permalink points to. */
export function useFocusMessageId(): string | null {
  return useSearchParams().get('m');
}

export const pathOf = (conversationId: string, messageId?: string) =>
  messageId ? `/c/${conversationId}?m=${messageId}` : `/c/${conversationId}`;

export function openConversation(conversationId: string, messageId?: string): void {
  go(pathOf(conversationId, messageId));
}

export const openList = () => go('/');
export const openSettings = () => go('/settings');

/** Where one was is no longer: the way back must not lead there. */
export function leaveTo(path: string): void {
  replaceAddress(path);
}

function go(path: string): void {
  if (`${location.pathname}${location.search}` !== path) pushAddress(path);
}
