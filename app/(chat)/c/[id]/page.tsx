import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { keys } from '@/client/api/keys';
import { windowOf } from '@/client/state/state';
import { RoutedScreen } from '@/components/conversations/routed-screen';
import { getConversation } from '@/lib/domain/conversations/conversation';
import { listMessages } from '@/lib/domain/messages/message';
import { ParleyError } from '@/lib/platform/errors/error';
import { limits } from '@/lib/platform/limits/schema';
import { idSchema } from '@/lib/platform/validation/schema';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ m?: string | string[] }>;
}

/** A conversation with the data of its first paint. From then on the browser navigates without requesting pages. */
export default async function ConversationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { m } = await searchParams;
  const person = await currentPerson();
  const messageId = idSchema.safeParse(m).data;
  if (!person) redirect(`/sign-in?next=${encodeURIComponent(messageId ? `/c/${id}?m=${messageId}` : `/c/${id}`)}`);
  const client = new QueryClient();
  const conversationId = idSchema.safeParse(id).data;
  if (conversationId) await load(client, person.userId, conversationId, messageId);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RoutedScreen />
    </HydrationBoundary>
  );
}

const pageSize = 50;

/** Loads the conversation's data. Missing parts are left out, and the screen says so inside the frame. */
async function load(client: QueryClient, userId: string, conversationId: string, messageId: string | undefined): Promise<void> {
  const conversation = await orNothing(getConversation(userId, conversationId));
  if (!conversation) return;
  client.setQueryData(keys.conversation(conversationId), conversation);
  if (!conversation.me) return;
  // Back to the first unread message, so that its divider is part of the first paint.
  const limit = Math.min(limits().page, Math.max(pageSize, conversation.me.unreadCount + 10));
  const around = messageId && (await orNothing(listMessages(userId, conversationId, { around: messageId, limit: pageSize })));
  const page = around || (await listMessages(userId, conversationId, { limit }));
  client.setQueryData(keys.messages(conversationId), windowOf(page, conversation.lastRev));
}

async function orNothing<Found>(work: Promise<Found>): Promise<Found | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ParleyError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
