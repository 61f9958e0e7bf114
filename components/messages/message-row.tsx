'use client';

import { useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { memo, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import type { Mark } from '@/client/receipts/marks';
import { requestMessageAgain } from '@/client/state/request-again';
import { MessageBody } from '@/components/messages/message-body';
import { OutgoingProblem } from '@/components/messages/outgoing-problem';
import { PinnedMark } from '@/components/messages/pinned-mark';
import { QuoteLine } from '@/components/messages/quote-line';
import { RowToolbar } from '@/components/messages/row-toolbar';
import type { Row } from '@/components/messages/rows';
import { SystemLine } from '@/components/messages/system-line';
import { UndrawnRow } from '@/components/messages/undrawn';
import { ReaderFaces } from '@/components/receipts/reader-faces';
import { StateMark } from '@/components/receipts/state-mark';
import { useClock } from '@/components/shell/clock';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { Face } from '@/components/ui/face';
import type { Message } from '@/lib/domain/messages/schema';
import type { Sender } from '@/lib/domain/users/schema';

interface Props {
  row: Row;
  me: string;
  /** whether the reader may delete messages of others */
  mayDelete: boolean;
  mayPin: boolean;
  /** only of own messages */
  mark: Mark | null;
  readers: Sender[] | undefined;
  /** highlighted, because the reader was led to it */
  glows: boolean;
  onOpenMessage: (messageId: string) => void;
}

/** A message. It renders again only when its content changes, and an error in it does not affect other rows. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { row } = props;
  const client = useQueryClient();
  return (
    <ErrorBoundary
      of={row.message}
      request={() => requestMessageAgain(client, row.message)}
      fallback={(retry) => <UndrawnRow row={row} onRetry={retry} />}
    >
      <DrawnRow {...props} />
    </ErrorBoundary>
  );
}, looksTheSame);

function DrawnRow(props: Props) {
  const t = useTranslations('messages');
  const { row, me, mayDelete, mayPin, mark, readers, glows, onOpenMessage } = props;
  const { message, outgoing, grouped } = row;
  const [reached, setReached] = useState(false);
  const [held, setHeld] = useState(false);
  if (message.type === 'system')
    return (
      <div data-row={row.key} data-message-id={message.id}>
        <SystemLine message={message} onOpenMessage={onOpenMessage} />
      </div>
    );
  const own = message.sender.id === me;
  const mentionsMe = message.mentions.includes(me);
  return (
    <article
      tabIndex={-1}
      data-message-id={message.id}
      data-row={row.key}
      data-seq={message.seq}
      aria-label={t('from', { person: message.sender.name })}
      onPointerEnter={() => setReached(true)}
      onPointerLeave={() => setReached(false)}
      onFocus={() => setReached(true)}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && setReached(false)}
      className={clsx(
        'relative flex gap-3 px-5 focus-visible:-outline-offset-2 max-sm:px-4',
        grouped ? 'py-0.5' : 'pt-2 pb-0.5',
        glows ? 'glow' : mentionsMe && 'bg-mention',
        (reached || held) && !mentionsMe && 'bg-hover',
      )}
    >
      <Gutter message={message} grouped={grouped} showTime={reached} />
      <div className="min-w-0 flex-1">
        {grouped ? <bdi className="sr-only">{message.sender.name}</bdi> : <NameLine message={message} />}
        {message.replyTo && <QuoteLine quote={message.replyTo} onOpen={onOpenMessage} />}
        <MessageBody message={message} faded={mark === 'sending'} />
        {message.pinnedBy && <PinnedMark by={message.pinnedBy} me={me} />}
        {outgoing?.state === 'failed' && <OutgoingProblem outgoing={outgoing} />}
      </div>
      <span className="flex w-15 shrink-0 items-end justify-end pb-1 max-sm:w-6">
        {readers ? <ReaderFaces readers={readers} /> : mark && !message.deletedAt && <StateMark mark={mark} />}
      </span>
      {(reached || held) && !outgoing && !message.deletedAt && (
        <RowToolbar message={message} own={own} mayDelete={own || mayDelete} mayPin={mayPin} onHeld={setHeld} />
      )}
    </article>
  );
}

/** Every change of the window creates new row objects, most of which look the same. */
function looksTheSame(a: Props, b: Props): boolean {
  const { row, readers, ...rest } = a;
  const ids = (list: Sender[] | undefined) => list?.map(({ id, image }) => `${id}${image}`).join(' ');
  return (
    row.message === b.row.message &&
    row.outgoing === b.row.outgoing &&
    row.grouped === b.row.grouped &&
    ids(readers) === ids(b.readers) &&
    (Object.keys(rest) as (keyof typeof rest)[]).every((name) => a[name] === b[name])
  );
}

function NameLine({ message }: { message: Message }) {
  const clock = useClock();
  return (
    <p className="flex items-baseline gap-2">
      <bdi className="truncate font-semibold text-md">{message.sender.name}</bdi>
      <time
        dateTime={message.createdAt}
        title={clock.full(message.createdAt)}
        suppressHydrationWarning
        className="shrink-0 text-faint text-xs"
      >
        {clock.time(message.createdAt)}
      </time>
    </p>
  );
}

function Gutter({ message, grouped, showTime }: { message: Message; grouped: boolean; showTime: boolean }) {
  const clock = useClock();
  const { id, name, image } = message.sender;
  return (
    <span className="w-9 shrink-0 select-none pt-0.5">
      {!grouped && <Face id={id} name={name} image={image} size={36} />}
      {grouped && (
        <time
          dateTime={message.createdAt}
          title={clock.full(message.createdAt)}
          suppressHydrationWarning
          className={clsx('block whitespace-nowrap text-end text-faint text-xs leading-[1.375rem]', !showTime && 'opacity-0')}
        >
          {clock.bareTime(message.createdAt)}
        </time>
      )}
    </span>
  );
}
