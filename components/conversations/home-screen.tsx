'use client';
import { MessagesSquare } from 'lucide-react';
import { useConversations } from '@/client/state/queries';
import { Welcome } from '@/components/conversations/welcome';
import { useFrame } from '@/components/shell/frame';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** Beside the list when no conversation is chosen. */
export function HomeScreen() {
  const openDialog = useFrame((frame) => frame.openDialog);
  if (useIsFirstRun()) return <Welcome />;
  return (
    <EmptyState
      icon={<MessagesSquare />}
      isHeading
      title="No conversation is open"
      text="Choose one from the list, or write to somebody."
      action={
        <Button look="primary" onClick={() => openDialog('direct')}>
          New message
        </Button>
      }
    />
  );
}

/** Until something was begun, or the first steps were skipped. */
export function useIsFirstRun(): boolean {
  const welcomed = useFrame((frame) => frame.welcomed);
  const empty = useConversations().length === 0;
  return empty && !welcomed;
}
