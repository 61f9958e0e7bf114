import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect } from 'react';
import { noteSeen, releaseUnread, setEndInView } from '@/client/receipts/seen';
import { lastSeenSeq } from '@/components/messages/place';

/** Reports what the reader has seen: after scrolling, when messages arrive, and when the window gets the focus. */
export function useSeen(
  conversationId: string,
  scroller: RefObject<HTMLElement | null>,
  reaching: boolean,
): (atEnd: boolean) => void {
  const client = useQueryClient();
  const look = useCallback(() => {
    // While the first unread message is being loaded, the reader has not been brought to it yet.
    if (scroller.current && !reaching) noteSeen(client, conversationId, lastSeenSeq(scroller.current));
  }, [client, conversationId, scroller, reaching]);

  useEffect(() => {
    const element = scroller.current;
    // A message that was marked unread stays so until the reader acts here; the window's focus alone is not enough.
    const release = () => {
      if (releaseUnread(conversationId)) look();
    };
    const acts = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;
    for (const act of acts) element?.addEventListener(act, release, { passive: true });
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const act of acts) element?.removeEventListener(act, release);
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
      setEndInView(conversationId, false);
      releaseUnread(conversationId);
    };
  }, [conversationId, scroller, look]);

  return useCallback(
    (atEnd) => {
      setEndInView(conversationId, atEnd && !reaching);
      look();
    },
    [conversationId, look, reaching],
  );
}
