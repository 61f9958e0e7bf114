import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '@/lib/domain/conversations/schema';

/**
 * The seq after which messages are new: the read watermark when the conversation was opened, when the first unread message arrived,
 * or when messages were marked unread. It disappears with an own message, or when the window loses the focus and all is read.
 */
export function useReadLine(conversation: Conversation): [number | null, () => void] {
  const { lastReadSeq, unreadCount } = conversation.me ?? { lastReadSeq: 0, unreadCount: 0 };
  const [line, setLine] = useState<number | null>(unreadCount > 0 ? lastReadSeq : null);
  const before = useRef(lastReadSeq);

  useEffect(() => {
    const wentBack = lastReadSeq < before.current;
    before.current = lastReadSeq;
    if (wentBack) setLine(lastReadSeq);
    else if (unreadCount > 0) setLine((now) => now ?? lastReadSeq);
  }, [lastReadSeq, unreadCount]);

  useEffect(() => {
    const onBlur = () => unreadCount === 0 && setLine(null);
    window.addEventListener('blur', onBlur);
    return () => window.removeEventListener('blur', onBlur);
  }, [unreadCount]);

  return [line, () => setLine(null)];
}
