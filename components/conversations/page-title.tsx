'use client';
import { useConversationId, useScreen } from '@/components/conversations/navigate';
import { titleOf } from '@/components/conversations/title';
import { useConversation, useConversations, useMe } from '@/components/realtime/queries';

/** The tab says what waits, and where one is: '(3) Parley · Ana'. What is muted does not count. */
export function PageTitle() {
  const conversations = useConversations();
  const openId = useConversationId();
  const isSettings = useScreen() === 'settings';
  const unread = conversations.reduce((sum, { me }) => sum + (me && me.notify !== 'none' ? me.unreadCount : 0), 0);
  const product = unread > 0 ? `(${unread}) Parley` : 'Parley';
  if (openId) return <ConversationTitle product={product} conversationId={openId} />;
  return <title>{isSettings ? `${product} · Settings` : product}</title>;
}

function ConversationTitle({ product, conversationId }: { product: string; conversationId: string }) {
  const me = useMe();
  const { conversation } = useConversation(conversationId);
  return <title>{conversation ? `${product} · ${titleOf(conversation, me.id)}` : product}</title>;
}
