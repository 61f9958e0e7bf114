'use client';
import { useEffect, useState } from 'react';
import { ApiError } from '@/client/api/api';
import { useTranslations } from '@/client/intl/translations';
import { useConversation, useConversations } from '@/client/state/queries';
import { ConversationHeader } from '@/components/conversations/conversation-header';
import { DetailsPanel } from '@/components/conversations/details-panel';
import { MissingScreen } from '@/components/conversations/missing-screen';
import { useFocusMessageId } from '@/components/conversations/navigate';
import { OfflineStrip } from '@/components/conversations/offline-strip';
import { PinsBar } from '@/components/conversations/pins-bar';
import { PreviewScreen } from '@/components/conversations/preview-screen';
import { MessagePane } from '@/components/messages/message-pane';
import { useFrame } from '@/components/shell/frame';
import { Skeleton } from '@/components/ui/skeleton';

export function ConversationScreen({ conversationId }: { conversationId: string }) {
  const listed = useConversations().some(({ id }) => id === conversationId);
  const [wasListed, setWasListed] = useState(listed);
  const closeSheet = useFrame((frame) => frame.closeSheet);
  useEffect(() => closeSheet, [closeSheet]);
  if (listed && !wasListed) setWasListed(true);
  // Left, removed or deleted: an event has said so, and a query is not needed.
  if (wasListed && !listed) return <MissingScreen />;
  return <FoundConversation conversationId={conversationId} />;
}

function FoundConversation({ conversationId }: { conversationId: string }) {
  const { conversation, error } = useConversation(conversationId);
  const focusMessageId = useFocusMessageId();
  if (error) return <MissingScreen unreachable={!(error instanceof ApiError && error.code === 'NOT_FOUND')} />;
  if (!conversation) return <HeaderSkeleton />;
  if (!conversation.me) return <PreviewScreen conversation={conversation} />;
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <ConversationHeader conversation={conversation} />
        <PinsBar conversation={conversation} />
        <OfflineStrip />
        <MessagePane conversation={conversation} focusMessageId={focusMessageId} />
      </div>
      <DetailsPanel conversation={conversation} />
    </div>
  );
}

function HeaderSkeleton() {
  const t = useTranslations('conversations');
  return (
    <div role="status" aria-label={t('loading')} className="flex h-14 shrink-0 items-center gap-3 border-line border-b px-4">
      <Skeleton className="size-8 rounded-full" />
      <Skeleton className="h-3.5 w-32" />
    </div>
  );
}
