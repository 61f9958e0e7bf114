import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { currentMe, currentPerson } from '@/app/person';
import { keys } from '@/client/api/keys';
import { Shell } from '@/components/conversations/shell';
import { RealtimeProvider } from '@/components/realtime/provider';
import { SearchHost } from '@/components/search/search-host';
import { LimitsProvider } from '@/components/shell/limits';
import { QueryProvider } from '@/components/shell/queries';
import { listConversations } from '@/lib/domain/conversations/conversation';
import { limits } from '@/lib/platform/limits/schema';

const listed = 50;

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const person = await currentPerson();
  // The page redirects to the sign-in, because it knows its own address.
  if (!person) return children;
  const client = new QueryClient();
  const [me, conversations] = await Promise.all([currentMe(), listConversations(person.userId, { limit: listed })]);
  client.setQueryData(keys.me, me);
  client.setQueryData(keys.conversations, conversations);
  return (
    <QueryProvider>
      <HydrationBoundary state={dehydrate(client)}>
        <LimitsProvider limits={limits()}>
          <RealtimeProvider>
            <Shell aside={<SearchHost />}>{children}</Shell>
          </RealtimeProvider>
        </LimitsProvider>
      </HydrationBoundary>
    </QueryProvider>
  );
}
