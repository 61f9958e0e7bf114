'use client';
import { useEffect } from 'react';
import { rememberFailed } from '@/components/conversations/failed-place';
import { useConversationId } from '@/components/conversations/navigate';
import { buttonClass } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';

/** In the place of a page. It needs nothing of the frame, which may be what failed. */
export function PageProblem({ onRetry }: { onRetry: () => void }) {
  const conversationId = useConversationId();
  useEffect(() => rememberFailed(conversationId), [conversationId]);
  return (
    <Problem
      isHeading
      title="This page could not be shown"
      text="Something went wrong on our side. Nothing you wrote is lost."
      onRetry={onRetry}
      // A page of its own, asked for anew: what failed is left behind with everything that it holds.
      otherwise={
        <a href="/" className={buttonClass()}>
          Your conversations
        </a>
      }
    />
  );
}
