'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useOutgoing } from '@/client/outbox/outbox';
import { useOpenConversation } from '@/client/state/open';
import { useWatchPresence } from '@/client/state/presence';
import { useMessages, useRoster } from '@/client/state/queries';
import { requestHistoryAgain, requestMessageAgain } from '@/client/state/request-again';
import { Lightbox } from '@/components/attachments/lightbox';
import { closeLightbox, useLightbox } from '@/components/attachments/lightbox-state';
import { useTitleOf } from '@/components/conversations/title';
import { Composer } from '@/components/messages/composer';
import { useTakeDrops } from '@/components/messages/drop-target';
import { Timeline } from '@/components/messages/timeline';
import { TypingLine } from '@/components/typing/typing-line';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PaintWhenComplete } from '@/components/ui/paint-when-complete';
import { Problem } from '@/components/ui/problem';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';

interface Props {
  conversation: Conversation;
  /** the message of a permalink */
  focusMessageId: string | null;
}

/** A conversation that the reader is in: its history, the typing line and the composer. */
export function MessagePane({ conversation, focusMessageId }: Props) {
  return <Pane key={conversation.id} conversation={conversation} focusMessageId={focusMessageId} />;
}

/** maximum number of members of a group whose presence is watched */
const watched = 40;

function Pane({ conversation, focusMessageId }: Props) {
  const t = useTranslations('messages');
  const { id } = conversation;
  useOpenConversation(id, Boolean(conversation.me));
  useTakeDrops(id, useTitleOf()(conversation));
  const client = useQueryClient();
  const { data: window } = useMessages(id);
  const roster = useRoster(id);
  useWatchPresence(roster.slice(0, watched).map(({ user }) => user.id));
  return (
    <>
      <PaintWhenComplete className="relative flex min-h-0 flex-1 flex-col">
        <ErrorBoundary
          request={() => requestHistoryAgain(client, id)}
          fallback={(retry) => <Problem title={t('timelineNotShown')} text={t('stillThere')} onRetry={retry} />}
        >
          <Timeline conversation={conversation} focusId={focusMessageId} />
        </ErrorBoundary>
        <div className="shrink-0 safe-bottom print:hidden">
          <ErrorBoundary fallback={(retry) => <Problem title={t('composerNotShown')} text={t('stillThere')} onRetry={retry} />}>
            {conversation.me?.may.send && <Composer conversation={conversation} />}
            <TypingLine conversationId={id} />
          </ErrorBoundary>
        </div>
      </PaintWhenComplete>
      <ErrorBoundary
        of={window}
        request={nothingMore}
        fallback={(retry) => <PictureProblem messages={window?.messages ?? none} retry={retry} />}
      >
        <Pictures conversationId={id} messages={window?.messages ?? none} />
      </ErrorBoundary>
    </>
  );
}

/** The viewer of pictures, including those that are being sent. */
function Pictures({ conversationId, messages }: { conversationId: string; messages: Message[] }) {
  const outgoing = useOutgoing();
  const shown = useMemo(
    () => [...messages, ...outgoing.filter((one) => one.conversationId === conversationId)],
    [messages, outgoing, conversationId],
  );
  return <Lightbox messages={shown} />;
}

interface PictureProblemProps {
  messages: Message[];
  retry: () => void;
}

/** Closes the viewer, and requests the picture's message anew, so that opening it again may show it. */
function PictureProblem({ messages, retry }: PictureProblemProps) {
  const t = useTranslations('attachments');
  const client = useQueryClient();
  // When effects run, the failed viewer has been removed, and has closed the picture.
  const [attachmentId] = useState(() => useLightbox.getState().attachmentId);
  const close = useEffectEvent(async () => {
    closeLightbox();
    toast(t('notShownToast'), { kind: 'failed' });
    const message = messages.find(({ attachments }) => attachments.some(({ id }) => id === attachmentId));
    if (message) await requestMessageAgain(client, message).catch(() => undefined);
    retry();
  });
  useEffect(() => void close(), []);
  return null;
}

/** The data of a picture is requested before its boundary is retried. */
const nothingMore = async () => undefined;

const none: Message[] = [];
