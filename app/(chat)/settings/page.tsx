import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { Screen } from '@/components/conversations/screen';

export default async function SettingsPage() {
  if (!(await currentPerson())) redirect('/sign-in?next=%2Fsettings');
  return <Screen />;
}
