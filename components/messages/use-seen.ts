import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect } from 'react';
import { noteSeen, releaseUnread, setEndInView } from '@/client/receipts/seen';
import { lastSeenSeq } from '@/components/messages/place';

/** Tells what has been seen: after scrolling, after something arrived, and when the window is looked at again. */
export function useSeen(
  conversationId: string,
  scroller: RefObject<HTMLElement | null>,
  reaching: boolean,
): (atEnd: boolean) => void {
  const client = useQueryClient();
  const look = useCallback(() => {
    // While the first unread message is looked for, what is on screen is not what the reader is brought to.
    if (scroller.current && !reaching) noteSeen(client, conversationId, lastSeenSeq(scroller.current));
  }, [client, conversationId, scroller, reaching]);

  useEffect(() => {
    const element = scroller.current;
    // Whatever was marked unread stays so until the reader does something here; not because the window has the focus again.
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
