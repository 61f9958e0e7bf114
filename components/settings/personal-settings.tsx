import type { ComponentType } from 'react';
import { LanguageField } from '@/components/settings/language';
import type { SettingName } from '@/lib/domain/users/schema';

/** The control of each setting that the server stores, in the order in which they are shown. */
const controls: Record<SettingName, ComponentType> = {
  locale: LanguageField,
};

export function PersonalSettings() {
  return Object.entries(controls).map(([name, Control]) => <Control key={name} />);
}
