'use client';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

interface Props {
  title: string;
  text?: string;
  onRetry: () => void;
  /** An alternative to retrying, such as a link. */
  otherwise?: ReactNode;
  isHeading?: boolean;
}

/** Shown in place of content that failed to render, with a button to retry. */
export function Problem({ title, text, onRetry, otherwise, isHeading = false }: Props) {
  const t = useTranslations('ui');
  return (
    <div role="alert" className="flex min-h-0 flex-1 flex-col">
      <EmptyState
        icon={<CircleAlert />}
        isHeading={isHeading}
        title={title}
        text={text ?? t('nothingLost')}
        action={
          <span className="flex flex-wrap justify-center gap-2">
            <Button look="primary" onClick={onRetry}>
              {t('tryAgain')}
            </Button>
            {otherwise}
          </span>
        }
      />
    </div>
  );
}
