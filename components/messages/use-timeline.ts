import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { readMe, readWindow } from '@/client/state/cache';
import { loadAround, loadLatest } from '@/client/state/history';
import {
  type Anchor,
  bringTo,
  bringToMiddle,
  distances,
  findAnchors,
  findMessageRow,
  findRow,
  isAtEnd,
  keepPlace,
  landingPx,
  placeIn,
  putBack,
} from '@/components/messages/place';
import { rangeAround } from '@/components/messages/range';
import { isNew } from '@/components/messages/rows';
import { useGlow } from '@/components/messages/use-glow';
import type { useWindow } from '@/components/messages/use-window';

interface Options {
  conversationId: string;
  scroller: RefObject<HTMLElement | null>;
  content: RefObject<HTMLElement | null>;
  view: ReturnType<typeof useWindow>;
  /** called after every scroll and change */
  onSettled: (atEnd: boolean) => void;
}

/** Keeps the reader's scroll position, which only the reader may change. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: its effects share six refs, in an order that matters.
export function useTimeline({ conversationId, scroller, content, view, onSettled }: Options) {
  const client = useQueryClient();
  const { setRange, fill, showsEnd, printing } = view;
  const anchors = useRef<Anchor[]>([]);
  /** stays at the end */
  const sticks = useRef(true);
  const target = useRef<string | null>(null);
  /** scrolls to the first unread message */
  const line = useRef(false);
  const landed = useRef(false);
  const [atEnd, setAtEnd] = useState(true);
  const [glowing, glow] = useGlow();

  const settle = useCallback(() => {
    // For printing everything is in view at once. The reader has neither read nor scrolled.
    if (!scroller.current || printing) return;
    sticks.current = isAtEnd(scroller.current) && showsEnd && target.current === null;
    anchors.current = findAnchors(scroller.current);
    setAtEnd(sticks.current);
    onSettled(sticks.current);
    fill();
  }, [scroller, showsEnd, printing, onSettled, fill]);

  const restore = useCallback(() => {
    const element = scroller.current;
    if (!element || printing) return;
    const row = target.current ? findMessageRow(element, target.current) : null;
    if (row) {
      bringToMiddle(element, row);
      glow(target.current);
      row.focus({ preventScroll: true });
      target.current = null;
    } else if (line.current && bringLine(element)) line.current = false;
    else if (sticks.current && showsEnd) element.scrollTop = 0;
    else putBack(element, anchors.current);
    settle();
  }, [scroller, settle, showsEnd, printing, glow]);

  // Before the first paint: the first unread message, the earlier position, or the end.
  useLayoutEffect(() => {
    if (landed.current || !scroller.current) return;
    landed.current = true;
    // Before the scripts ran, app/early-place.ts or the reader may have scrolled already.
    if (scroller.current.scrollTop === 0) land(scroller.current, conversationId);
    sticks.current = isAtEnd(scroller.current);
  }, [conversationId, scroller]);

  // After every render, before the paint.
  useLayoutEffect(restore);

  // Pictures, fonts and the composer also change heights without a render. The observer also runs before the paint.
  useEffect(() => {
    const observer = new ResizeObserver(() => restore());
    if (scroller.current) observer.observe(scroller.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, [scroller, content, restore]);

  useEffect(() => () => keepPlace(conversationId, sticks.current ? null : (anchors.current[0] ?? null)), [conversationId]);

  const goTo = useCallback(
    async (messageId: string) => {
      await loadAround(client, conversationId, messageId);
      target.current = messageId;
      setRange(rangeAround(readWindow(client, conversationId)?.messages ?? [], messageId));
      restore();
    },
    [client, conversationId, setRange, restore],
  );

  /** Scrolls to the first message after the read watermark, once it is in the window. */
  const goToReadLine = useCallback(
    (lastReadSeq: number) => {
      const messages = readWindow(client, conversationId)?.messages ?? [];
      const first = messages.find((message) => isNew(message, { id: readMe(client) }, lastReadSeq));
      if (!first) return;
      sticks.current = false;
      line.current = true;
      setRange(rangeAround(messages, first.id));
      restore();
    },
    [client, conversationId, setRange, restore],
  );

  const goToEnd = useCallback(async () => {
    if (readWindow(client, conversationId)?.nextCursor) await loadLatest(client, conversationId);
    target.current = null;
    sticks.current = true;
    setRange(rangeAround(readWindow(client, conversationId)?.messages ?? [], null));
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [client, conversationId, scroller, setRange]);

  const isFar = !atEnd && scroller.current !== null && distances(scroller.current).below > scroller.current.clientHeight;
  return { atEnd, isFar: isFar || !showsEnd, glowing, settle, goTo, goToReadLine, goToEnd };
}

function land(scroller: HTMLElement, conversationId: string): void {
  if (bringLine(scroller)) return;
  const place = placeIn(conversationId);
  const row = place ? findRow(scroller, place.key) : null;
  if (place && row) bringTo(scroller, row, place.top);
}

/** Scrolls the line above the new messages into view. If all of them fit below it, the end shows it already. */
function bringLine(scroller: HTMLElement): boolean {
  const line = scroller.querySelector<HTMLElement>('[data-read-line]');
  if (!line) return false;
  if (line.getBoundingClientRect().top < scroller.getBoundingClientRect().top + landingPx) bringTo(scroller, line, landingPx);
  return true;
}
