'use client';
import { useEffect } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { rememberFailed } from '@/components/conversations/failed-place';
import { openList, useConversationId } from '@/components/conversations/navigate';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';

/** Replaces a screen that could not be rendered, beside the list. */
export function ScreenProblem({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  const conversationId = useConversationId();
  useEffect(() => rememberFailed(conversationId), [conversationId]);
  return (
    <>
      <ScreenHeader>
        <h1 className="font-semibold text-md">{ui('somethingWrong')}</h1>
      </ScreenHeader>
      <Problem
        title={conversationId ? t('notShown') : ui('notShown')}
        text={t('othersAreThere')}
        onRetry={onRetry}
        otherwise={<Button onClick={openList}>{t('backToConversations')}</Button>}
      />
    </>
  );
}
