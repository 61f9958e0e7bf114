import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { failedCookie } from '@/components/conversations/failed-place';
import { RoutedScreen } from '@/components/conversations/routed-screen';
import { listConversations } from '@/lib/domain/conversations/conversation';

/** Opens the newest conversation whose page did not just fail; on a phone, which has space for one pane, it shows the list. */
export default async function HomePage() {
  const person = await currentPerson();
  if (!person) redirect('/sign-in');
  const isPhone = /\bMobi/i.test((await headers()).get('user-agent') ?? '');
  if (!isPhone) {
    const failed = (await cookies()).get(failedCookie)?.value;
    const { conversations } = await listConversations(person.userId, { limit: 2 });
    const newest = conversations.find(({ id }) => id !== failed);
    if (newest) redirect(`/c/${newest.id}`);
  }
  return <RoutedScreen />;
}
