'use client';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="flex min-h-dvh flex-col p-6">
      <title>Parley</title>
      <EmptyState
        isHeading
        title="This page could not be shown"
        text="Something went wrong on our side. Nothing you wrote is lost; try again in a moment."
        action={
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
        }
      />
    </main>
  );
}
