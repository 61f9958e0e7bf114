'use client';
import { ConversationScreen } from '@/components/conversations/conversation-screen';
import { HomeScreen } from '@/components/conversations/home-screen';
import { MissingScreen } from '@/components/conversations/missing-screen';
import { useConversationId, useScreen } from '@/components/conversations/navigate';
import { SettingsScreen } from '@/components/settings/settings-screen';

/** What stands beside the sidebar, by the address. */
export function Screen() {
  const screen = useScreen();
  const conversationId = useConversationId();
  if (screen === 'settings') return <SettingsScreen />;
  if (conversationId) return <ConversationScreen key={conversationId} conversationId={conversationId} />;
  return screen === 'list' ? <HomeScreen /> : <MissingScreen />;
}
