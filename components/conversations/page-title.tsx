'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { keys } from '@/client/api/keys';
import { useFormatter, useTranslations } from '@/client/intl/translations';
import { useConversations } from '@/client/state/queries';
import { useConversationId, useScreen } from '@/components/conversations/navigate';
import { useTitleOf } from '@/components/conversations/title';
import type { Conversation } from '@/lib/domain/conversations/schema';

/**
 * The title of the browser's tab, with the unread count and the conversation: '(3) Parley · Ana'. Muted conversations do not
 * count.
 */
export function PageTitle() {
  const t = useTranslations('conversations');
  const format = useFormatter();
  const conversations = useConversations();
  const openId = useConversationId();
  const isSettings = useScreen() === 'settings';
  const unread = conversations.reduce((sum, { me }) => sum + (me && me.notify !== 'none' ? me.unreadCount : 0), 0);
  const product = unread > 0 ? `(${format.number(unread)}) Parley` : 'Parley';
  if (openId) return <ConversationTitle product={product} conversationId={openId} />;
  return <title>{isSettings ? t('settingsTitle', { product }) : product}</title>;
}

/** Reads only the cache: a title sends no request. */
function ConversationTitle({ product, conversationId }: { product: string; conversationId: string }) {
  const t = useTranslations('conversations');
  const titleOf = useTitleOf();
  const listed = useConversations().find(({ id }) => id === conversationId);
  const client = useQueryClient();
  const read = () => client.getQueryData<Conversation>(keys.conversation(conversationId));
  const single = useSyncExternalStore((changed) => client.getQueryCache().subscribe(changed), read, read);
  const conversation = listed ?? single;
  return <title>{conversation ? t('title', { product, title: titleOf(conversation) }) : product}</title>;
}
