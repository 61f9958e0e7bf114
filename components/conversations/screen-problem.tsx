'use client';
import { useEffect } from 'react';
import { rememberFailed } from '@/components/conversations/failed-place';
import { openList, useConversationId } from '@/components/conversations/navigate';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';

/** Beside the list, in the place of a screen that could not be drawn. */
export function ScreenProblem({ onRetry }: { onRetry: () => void }) {
  const conversationId = useConversationId();
  useEffect(() => rememberFailed(conversationId), [conversationId]);
  return (
    <>
      <ScreenHeader>
        <h1 className="font-semibold text-md">Something went wrong</h1>
      </ScreenHeader>
      <Problem
        title={conversationId ? 'This conversation could not be shown' : 'This could not be shown'}
        text="Nothing you wrote is lost, and all your other conversations are there."
        onRetry={onRetry}
        otherwise={<Button onClick={openList}>Back to your conversations</Button>}
      />
    </>
  );
}
