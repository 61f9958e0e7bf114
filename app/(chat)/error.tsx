'use client';
import { PageProblem } from '@/components/conversations/page-problem';

/** A page of the chat that could not be loaded. The frame with the list stays around it. */
export default function ChatError({ reset }: { error: Error; reset: () => void }) {
  return <PageProblem onRetry={reset} />;
}
