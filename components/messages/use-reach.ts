import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { loadToUnread, missesUnread } from '@/client/state/history';
import type { MessageWindow } from '@/client/state/state';
import type { Conversation } from '@/lib/domain/conversations/schema';

/**
 * Loads messages back to the first unread one, at which a conversation opens, if the first page does not include it.
 * @returns whether it is loading
 */
export function useReach({ id, me }: Conversation, window: MessageWindow, led: boolean): boolean {
  const client = useQueryClient();
  const [reaching, setReaching] = useState(
    () => !led && me != null && me.unreadCount > 0 && missesUnread(window, me.lastReadSeq),
  );
  useEffect(() => {
    if (!reaching) return;
    void loadToUnread(client, id)
      .catch(() => false)
      .then(() => setReaching(false));
  }, [client, id, reaching]);
  return reaching;
}
