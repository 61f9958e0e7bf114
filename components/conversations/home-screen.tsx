'use client';
import { MessagesSquare } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { useConversations } from '@/client/state/queries';
import { Welcome } from '@/components/conversations/welcome';
import { useFrame } from '@/components/shell/frame';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** The screen beside the list when no conversation is selected. */
export function HomeScreen() {
  const t = useTranslations('conversations');
  const openDialog = useFrame((frame) => frame.openDialog);
  if (useIsFirstRun()) return <Welcome />;
  return (
    <EmptyState
      icon={<MessagesSquare />}
      isHeading
      title={t('noneOpen')}
      text={t('noneOpenText')}
      action={
        <Button look="primary" onClick={() => openDialog('direct')}>
          {t('newMessage')}
        </Button>
      }
    />
  );
}

/** Until the person started a conversation or skipped the first steps. */
export function useIsFirstRun(): boolean {
  const welcomed = useFrame((frame) => frame.welcomed);
  const empty = useConversations().length === 0;
  return empty && !welcomed;
}
