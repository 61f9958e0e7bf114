'use client';
import { useEffect } from 'react';
import { openConversation, useConversationId } from '@/components/conversations/navigate';
import { useSections } from '@/components/conversations/sidebar-list';
import { useFrame } from '@/components/shell/frame';
import { openSearch, useSearchState } from '@/components/shell/search-state';
import { type ShortcutName, shortcutOf } from '@/components/shell/shortcuts';

/** The shortcuts of the frame. Each returns false when the key is left to the browser. */
export function useFrameKeys(): void {
  const openId = useConversationId();
  const { direct, groups } = useSections();
  const folded = useFrame((frame) => frame.folded);
  const dialog = useFrame((frame) => frame.dialog);
  const openDialog = useFrame((frame) => frame.openDialog);

  useEffect(() => {
    const listed = [...(folded.includes('Direct') ? [] : direct), ...(folded.includes('Groups') ? [] : groups)];
    const step = (by: number) => {
      const at = listed.findIndex(({ id }) => id === openId);
      const next = at < 0 ? listed[0] : listed[(at + by + listed.length) % listed.length];
      if (next) openConversation(next.id);
    };
    const toggle = (name: 'palette' | 'shortcuts') => openDialog(dialog === name ? null : name);
    const search = (scope: string | null) => {
      if (dialog) openDialog(null);
      openSearch(scope);
    };
    const run: Record<ShortcutName, () => unknown> = {
      goTo: () => toggle('palette'),
      search: () => search(null),
      searchBySlash: () => (dialog ? false : search(null)),
      searchHere: () => (openId === null || isSearchingIn(openId) ? false : search(openId)),
      shortcuts: () => toggle('shortcuts'),
      previousConversation: () => step(-1),
      nextConversation: () => step(1),
    };
    const press = (event: KeyboardEvent) => {
      const name = shortcutOf(event);
      if (name && !event.defaultPrevented && run[name]() !== false) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [openId, direct, groups, folded, dialog, openDialog]);
}

/** Pressed a second time, in the field that the first one opened, the key means the browser's own search of the page. */
function isSearchingIn(conversationId: string): boolean {
  const { isOpen, scope } = useSearchState.getState();
  return isOpen && scope === conversationId && document.activeElement?.closest('[data-search]') !== null;
}
