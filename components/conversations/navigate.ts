'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { create } from 'zustand';
import { pushAddress, replaceAddress } from '@/client/browser/back';

/** The conversation in the address. Navigation uses history.pushState: Next.js updates its hooks and sends no request. */
export function useConversationId(): string | null {
  return /^\/c\/([0-9a-f-]{36})\/?$/i.exec(usePathname())?.[1]?.toLowerCase() ?? null;
}

export function useScreen(): 'list' | 'conversation' | 'settings' {
  const path = usePathname();
  if (path.startsWith('/settings')) return 'settings';
  return path.startsWith('/c/') ? 'conversation' : 'list';
}

/** The message of a permalink. */
export function useFocusMessageId(): string | null {
  return useSearchParams().get('m');
}

/** Counts how often the present address was opened again: then its message is shown once more. */
export const useReopened = create(() => ({ times: 0 }));

export const pathOf = (conversationId: string, messageId?: string) =>
  messageId ? `/c/${conversationId}?m=${messageId}` : `/c/${conversationId}`;

export function openConversation(conversationId: string, messageId?: string): void {
  go(pathOf(conversationId, messageId));
}

export const openList = () => go('/');
export const openSettings = () => go('/settings');

/** Replaces the present address, so that Back does not lead to a place that no longer exists. */
export function leaveTo(path: string): void {
  replaceAddress(path);
}

function go(path: string): void {
  if (`${location.pathname}${location.search}` !== path) pushAddress(path);
  else useReopened.setState(({ times }) => ({ times: times + 1 }));
}
