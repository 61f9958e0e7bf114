'use client';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

interface Props {
  title: string;
  text?: string;
  onRetry: () => void;
  /** Another way on, beside trying again. */
  otherwise?: ReactNode;
  isHeading?: boolean;
}

/** Something of the page could not be drawn. */
export function Problem({ title, text, onRetry, otherwise, isHeading = false }: Props) {
  return (
    <div role="alert" className="flex min-h-0 flex-1 flex-col">
      <EmptyState
        icon={<CircleAlert />}
        isHeading={isHeading}
        title={title}
        text={text ?? 'Nothing you wrote is lost.'}
        action={
          <span className="flex flex-wrap justify-center gap-2">
            <Button look="primary" onClick={onRetry}>
              Try again
            </Button>
            {otherwise}
          </span>
        }
      />
    </div>
  );
}
