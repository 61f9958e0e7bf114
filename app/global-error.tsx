'use client';
import '@/app/globals.css';
import { PageProblem } from '@/components/conversations/page-problem';

/** In the place of everything, when even the frame of all pages failed. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="flex min-h-dvh flex-col p-6">
          <title>Parley</title>
          <PageProblem onRetry={reset} />
        </main>
      </body>
    </html>
  );
}
