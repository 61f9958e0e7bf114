import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useState } from 'react';
import { changeWindow, readWindow } from '@/client/state/cache';
import { loadNewer, loadOlder } from '@/client/state/history';
import type { MessageWindow } from '@/client/state/state';
import { trimWindow } from '@/client/state/window';
import { distances, findAnchors } from '@/components/messages/place';
import { type Range, rangeAround, resolve, settleRange, slide } from '@/components/messages/range';
import { usePrinting } from '@/components/messages/use-printing';

/** More rows are added when fewer pixels than this remain at an end. */
const nearPx = 700;
/** maximum number of loaded messages per conversation */
const maxHeld = 800;

/** The messages in the document. There are always enough around the reader. */
export function useWindow(
  conversationId: string,
  window: MessageWindow,
  scroller: RefObject<HTMLElement | null>,
  firstId: string | null,
) {
  const client = useQueryClient();
  const [range, setRange] = useState<Range>(() => rangeAround(window.messages, firstId));
  const [failed, setFailed] = useState(false);
  const printing = usePrinting();
  const [start, end] = printing ? [0, window.messages.length] : resolve(range, window.messages);

  const load = useCallback(
    (request: typeof loadOlder) =>
      request(client, conversationId).then(
        () => setFailed(false),
        () => setFailed(true),
      ),
    [client, conversationId],
  );

  /** Called on every scroll and after every change; it takes one step at a time. */
  const fill = useCallback(() => {
    const held = readWindow(client, conversationId);
    if (!scroller.current || !held || printing) return;
    const { above, below } = distances(scroller.current);
    const [first, last] = resolve(range, held.messages);
    if (above < nearPx) {
      if (first > 0) setRange((now) => slide(now, held.messages, 'older'));
      else if (held.prevCursor && !failed) void load(loadOlder);
    }
    if (below < nearPx) {
      if (last < held.messages.length) setRange((now) => slide(now, held.messages, 'newer'));
      else if (held.nextCursor && !failed) void load(loadNewer);
    }
  }, [client, conversationId, scroller, range, failed, printing, load]);

  const { messages } = window;
  useEffect(() => {
    const anchor = scroller.current ? (findAnchors(scroller.current, 1)[0]?.messageId ?? null) : null;
    setRange((now) => settleRange(now, messages, anchor));
    if (messages.length <= maxHeld) return;
    const [first] = resolve(range, messages);
    changeWindow(client, conversationId, (now) => trimWindow(now, maxHeld / 2, first > maxHeld / 2 ? 'oldest' : 'newest'));
  }, [client, conversationId, messages, range, scroller]);

  return {
    shown: messages.slice(start, end),
    showsBeginning: start === 0 && window.prevCursor === null,
    showsEnd: end === messages.length && window.nextCursor === null,
    printing,
    failed,
    retry: () => setFailed(false),
    fill,
    setRange,
  };
}
