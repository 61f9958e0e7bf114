'use client';
import { useEffect } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { rememberFailed } from '@/components/conversations/failed-place';
import { useConversationId } from '@/components/conversations/navigate';
import { buttonClass } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';

/** Replaces a page that failed. It does not depend on the frame, which may be the cause. */
export function PageProblem({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('conversations');
  const conversationId = useConversationId();
  useEffect(() => rememberFailed(conversationId), [conversationId]);
  return (
    <Problem
      isHeading
      title={t('pageNotShown')}
      text={t('pageNotShownText')}
      onRetry={onRetry}
      // A full page load, which discards the failed state.
      otherwise={
        <a href="/" className={buttonClass()}>
          {t('yourConversations')}
        </a>
      }
    />
  );
}
