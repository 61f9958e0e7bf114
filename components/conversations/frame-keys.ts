'use client';
import { useEffect } from 'react';
import { openConversation, useConversationId } from '@/components/conversations/navigate';
import { useSections } from '@/components/conversations/sidebar-list';
import { useFrame } from '@/components/shell/frame';

/** Ctrl or Cmd with K finds anybody and anything; Alt with the arrows goes to the next conversation. */
export function useFrameKeys(): void {
  const openId = useConversationId();
  const { direct, groups } = useSections();
  const folded = useFrame((frame) => frame.folded);
  const dialog = useFrame((frame) => frame.dialog);
  const openDialog = useFrame((frame) => frame.openDialog);

  useEffect(() => {
    const listed = [...(folded.includes('Direct') ? [] : direct), ...(folded.includes('Groups') ? [] : groups)];
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openDialog(dialog === 'palette' ? null : 'palette');
      } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        const at = listed.findIndex(({ id }) => id === openId);
        const next = at < 0 ? listed[0] : listed[(at + by + listed.length) % listed.length];
        if (next) openConversation(next.id);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [openId, direct, groups, folded, dialog, openDialog]);
}
