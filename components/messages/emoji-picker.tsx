'use client';
import { useTranslations } from '@/client/intl/translations';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { OnDemand, Part } from '@/components/ui/on-demand';
import { Problem } from '@/components/ui/problem';

const allEmoji = new Part(() => import('@/components/messages/all-emoji').then((file) => file.AllEmoji));

/** All emoji, with search and keyboard navigation. The data is large, so it is loaded when the picker is first opened. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useTranslations('ui');
  return (
    <div className="flex h-80 w-82 max-w-[calc(100vw-2rem)] flex-col">
      <ErrorBoundary fallback={(retry) => <Problem title={t('notShown')} onRetry={retry} />}>
        <OnDemand part={allEmoji} with={{ onPick }} />
      </ErrorBoundary>
    </div>
  );
}
