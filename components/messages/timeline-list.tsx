'use client';

import { Fragment, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useOutgoing } from '@/client/outbox/outbox';
import { useMe } from '@/client/state/queries';
import type { MessageWindow } from '@/client/state/state';
import { useReopened } from '@/components/conversations/navigate';
import { Announcer } from '@/components/messages/announcer';
import { MessageRow } from '@/components/messages/message-row';
import { walkRows } from '@/components/messages/row-keys';
import { type Row, rowsOf } from '@/components/messages/rows';
import { DayPill, EndPill, LoadProblem, ReadLine, RowSkeletons } from '@/components/messages/timeline-parts';
import { useReach } from '@/components/messages/use-reach';
import { useReadLine } from '@/components/messages/use-read-line';
import { useReceipts } from '@/components/messages/use-receipts';
import { useSeen } from '@/components/messages/use-seen';
import { useTimeline } from '@/components/messages/use-timeline';
import { useWindow } from '@/components/messages/use-window';
import { useClock } from '@/components/shell/clock';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';

interface Props {
  conversation: Conversation;
  window: MessageWindow;
  firstId: string | null;
  focusId: string | null;
  beginning: ReactNode;
}

export function TimelineList({ conversation, window, firstId, focusId, beginning }: Props) {
  const t = useTranslations('messages');
  const { id } = conversation;
  const me = useMe();
  const clock = useClock();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [readLine, eraseReadLine] = useReadLine(conversation);
  const view = useWindow(id, window, scroller, firstId);
  const reaching = useReach(conversation, window, focusId !== null);
  const onSettled = useSeen(id, scroller, reaching);
  const { atEnd, isFar, glowing, settle, goTo, goToReadLine, goToEnd } = useTimeline({
    conversationId: id,
    scroller,
    content,
    view,
    onSettled,
  });
  const outgoing = useOwnOutgoing(id, () => {
    eraseReadLine();
    void goToEnd();
  });
  const receipts = useReceipts(conversation, me.id);
  const newCount = useNewCount(conversation.lastSeq, atEnd);

  const openMessage = useOpenMessage(goTo);
  useFocused(focusId, openMessage);

  const wasReaching = useRef(reaching);
  useEffect(() => {
    if (wasReaching.current && !reaching) goToReadLine(conversation.me?.lastReadSeq ?? 0);
    wasReaching.current = reaching;
  }, [reaching, goToReadLine, conversation.me?.lastReadSeq]);

  const { shown, showsBeginning, showsEnd } = view;
  const days = useMemo(
    () =>
      rowsOf(shown, showsEnd ? outgoing : [], { me, dayKey: clock.dayKey, readUpTo: readLine, fromBeginning: showsBeginning }),
    [shown, showsEnd, showsBeginning, outgoing, me, clock, readLine],
  );
  const renderRow = (row: Row) => (
    <Fragment key={row.key}>
      {row.startsNew && <ReadLine />}
      <MessageRow
        row={row}
        me={me.id}
        mayDelete={conversation.me?.may.deleteMessages ?? false}
        mayPin={conversation.me?.may.pin ?? false}
        mark={receipts.markOf(row)}
        readers={receipts.readersOf(row)}
        glows={glowing === row.message.id}
        onOpenMessage={openMessage}
      />
    </Fragment>
  );

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={t('messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
        tabIndex={0}
        onScroll={settle}
        onKeyDown={walkRows}
        className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto overscroll-contain focus-visible:-outline-offset-2 [overflow-anchor:none]"
      >
        <div ref={content} className="pb-2">
          {showsBeginning && beginning}
          {!showsBeginning && !view.failed && <RowSkeletons count={3} />}
          {view.failed && <LoadProblem text={t('someNotLoaded')} onRetry={view.retry} />}
          {days.map((day) => (
            <div key={day.key}>
              <DayPill at={day.at} />
              {day.rows.map(renderRow)}
            </div>
          ))}
        </div>
      </div>
      {(newCount > 0 || isFar) && <EndPill count={newCount} onClick={goToEnd} />}
      <Announcer messages={window.messages} me={me.id} />
    </div>
  );
}

/** The same function for every row and render, so that memoized rows stay. */
function useOpenMessage(goTo: (messageId: string) => Promise<void>): (messageId: string) => void {
  const t = useTranslations('messages');
  const latest = useRef(goTo);
  useEffect(() => {
    latest.current = goTo;
  });
  return useCallback(
    (messageId) => {
      latest.current(messageId).catch(() => toast(t('notFound'), { kind: 'failed' }));
    },
    [t],
  );
}

/** Leads to the message of the address, once more when the same address is opened again. */
function useFocused(focusId: string | null, openMessage: (messageId: string) => void): void {
  const { times } = useReopened();
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each time
  useEffect(() => {
    if (focusId) openMessage(focusId);
  }, [focusId, openMessage, times]);
}

/** The outgoing messages of the conversation; a new one scrolls to the end. */
function useOwnOutgoing(conversationId: string, onNew: () => void) {
  const all = useOutgoing();
  const outgoing = useMemo(() => all.filter((one) => one.conversationId === conversationId), [all, conversationId]);
  const newest = outgoing.at(-1)?.clientMessageId;
  const known = useRef(newest);
  useEffect(() => {
    if (newest && newest !== known.current) onNew();
    known.current = newest;
  });
  return outgoing;
}

/** The number of messages since the reader left the end. */
function useNewCount(lastSeq: number, atEnd: boolean): number {
  const [leftAt, setLeftAt] = useState(lastSeq);
  useEffect(() => {
    if (atEnd) setLeftAt(lastSeq);
  }, [atEnd, lastSeq]);
  return atEnd ? 0 : Math.max(0, lastSeq - leftAt);
}
