'use client';
import { RoutedScreen } from '@/components/conversations/routed-screen';
import { SettingsScreen } from '@/components/settings/settings-screen';

/** The screens of a page that begins with the settings, so that their code comes with it. */
export const SettingsPage = () => <RoutedScreen SettingsScreen={SettingsScreen} />;
