import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { Screen } from '@/components/conversations/screen';
import { listConversations } from '@/lib/conversations/conversation';

/** The newest conversation; on a phone, where there is room for one pane, the list. */
export default async function HomePage() {
  const person = await currentPerson();
  if (!person) redirect('/sign-in');
  const isPhone = /\bMobi/i.test((await headers()).get('user-agent') ?? '');
  if (!isPhone) {
    const { conversations } = await listConversations(person.userId, { limit: 1 });
    if (conversations[0]) redirect(`/c/${conversations[0].id}`);
  }
  return <Screen />;
}
