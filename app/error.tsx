'use client';
import { PageProblem } from '@/components/conversations/page-problem';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="flex min-h-dvh flex-col p-6">
      <title>Parley</title>
      <PageProblem onRetry={reset} />
    </main>
  );
}
