'use client';
import { MessageSquareDashed, WifiOff } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { leaveTo } from '@/components/conversations/navigate';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** Shown for a conversation that does not exist for this person, or that cannot be loaded now. */
export function MissingScreen({ unreachable = false }: { unreachable?: boolean }) {
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  return (
    <>
      <ScreenHeader>
        <h1 className="font-semibold text-md">{unreachable ? t('notReachable') : t('missing')}</h1>
      </ScreenHeader>
      {unreachable ? (
        <EmptyState
          icon={<WifiOff />}
          title={t('notLoaded')}
          text={t('unreachableNow')}
          action={<Button onClick={() => location.reload()}>{ui('tryAgain')}</Button>}
        />
      ) : (
        <EmptyState
          icon={<MessageSquareDashed />}
          title={ui('nothingHere')}
          text={t('missingText')}
          action={<Button onClick={() => leaveTo('/')}>{t('backToConversations')}</Button>}
        />
      )}
    </>
  );
}
