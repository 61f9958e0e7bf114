'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useConversationId, useScreen } from '@/components/conversations/navigate';
import { titleOf } from '@/components/conversations/title';
import { useConversations, useMe } from '@/components/realtime/queries';

/** The tab says what waits, and where one is: '(3) Parley · Ana'. What is muted does not count. */
export function useUnreadTitle(): void {
  const conversations = useConversations();
  const me = useMe();
  const openId = useConversationId();
  const screen = useScreen();
  const path = usePathname();
  const unread = conversations.reduce((sum, one) => sum + (one.me && one.me.notify !== 'none' ? one.me.unreadCount : 0), 0);
  const open = conversations.find(({ id }) => id === openId);
  const place = screen === 'settings' ? 'Settings' : open ? titleOf(open, me.id) : null;
  const title = `${unread > 0 ? `(${unread}) ` : ''}Parley${place ? ` · ${place}` : ''}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: Next writes the title anew when the path changes
  useEffect(() => {
    document.title = title;
  }, [title, path]);
}
