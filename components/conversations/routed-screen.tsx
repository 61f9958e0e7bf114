'use client';
import type { ComponentType } from 'react';
import { ConversationScreen } from '@/components/conversations/conversation-screen';
import { HomeScreen } from '@/components/conversations/home-screen';
import { MissingScreen } from '@/components/conversations/missing-screen';
import { useConversationId, useScreen } from '@/components/conversations/navigate';
import { ScreenProblem } from '@/components/conversations/screen-problem';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { OnDemand, Part, usePrefetch } from '@/components/ui/on-demand';

const settings = new Part(() => import('@/components/settings/settings-screen').then((file) => file.SettingsScreen));
const parts = [settings];

/**
 * The screen beside the sidebar that the current path selects.
 * @param SettingsScreen for a page that begins with it; others load it when it is opened, or before
 */
export function RoutedScreen({ SettingsScreen }: { SettingsScreen?: ComponentType }) {
  usePrefetch(parts);
  const screen = useScreen();
  const conversationId = useConversationId();
  return (
    <ErrorBoundary of={conversationId ?? screen} fallback={(retry) => <ScreenProblem onRetry={retry} />}>
      {screen === 'settings' && (SettingsScreen ? <SettingsScreen /> : <OnDemand part={settings} with={{}} />)}
      {screen === 'list' && <HomeScreen />}
      {screen === 'conversation' &&
        (conversationId ? <ConversationScreen key={conversationId} conversationId={conversationId} /> : <MissingScreen />)}
    </ErrorBoundary>
  );
}
