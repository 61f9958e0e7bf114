'use client';
import { useEffect } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { rememberFailed } from '@/components/conversations/failed-place';
import { useConversationId } from '@/components/conversations/navigate';
import { buttonClass } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';

/** In the place of a page. It needs nothing of the frame, which may be what failed. */
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
      // A page of its own, asked for anew: what failed is left behind with everything that it holds.
      otherwise={
        <a href="/" className={buttonClass()}>
          {t('yourConversations')}
        </a>
      }
    />
  );
}
