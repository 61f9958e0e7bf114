import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { RoutedScreen } from '@/components/conversations/routed-screen';

export default async function SettingsPage() {
  if (!(await currentPerson())) redirect('/sign-in?next=%2Fsettings');
  return <RoutedScreen />;
}
