'use client';
import { ConversationScreen } from '@/components/conversations/conversation-screen';
import { HomeScreen } from '@/components/conversations/home-screen';
import { MissingScreen } from '@/components/conversations/missing-screen';
import { useConversationId, useScreen } from '@/components/conversations/navigate';
import { ScreenProblem } from '@/components/conversations/screen-problem';
import { SettingsScreen } from '@/components/settings/settings-screen';
import { ErrorBoundary } from '@/components/ui/error-boundary';

/** The screen beside the sidebar that the current path selects. */
export function RoutedScreen() {
  const screen = useScreen();
  const conversationId = useConversationId();
  return (
    <ErrorBoundary of={conversationId ?? screen} fallback={(retry) => <ScreenProblem onRetry={retry} />}>
      {screen === 'settings' && <SettingsScreen />}
      {screen === 'list' && <HomeScreen />}
      {screen === 'conversation' &&
        (conversationId ? <ConversationScreen key={conversationId} conversationId={conversationId} /> : <MissingScreen />)}
    </ErrorBoundary>
  );
}
