import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { SettingsPage } from '@/components/settings/settings-page';

export default async function Settings() {
  if (!(await currentPerson())) redirect('/sign-in?next=%2Fsettings');
  return <SettingsPage />;
}
