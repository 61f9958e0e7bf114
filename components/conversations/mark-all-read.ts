'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from '@/client/api/keys';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { request } from '@/client/socket/socket';
import { toast } from '@/components/ui/toast';
import type { ConversationPage } from '@/lib/domain/conversations/schema';

/** Marks all conversations as read, and offers to undo it. The unread counts follow by events, on every device. */
export function useMarkAllRead(): () => void {
  const t = useTranslations('conversations');
  const { say } = useProblems();
  const client = useQueryClient();
  return useCallback(() => {
    const failed = (otherwise: string) => (error: unknown) => toast(say(error, otherwise), { kind: 'failed' });
    const undo = (undoId: string) => void request('read.undo', { undoId }).catch(failed(t('notUndone')));
    const listed = client.getQueryData<ConversationPage>(keys.conversations)?.conversations ?? [];
    if (listed.every(({ me }) => !me?.unreadCount)) return toast(t('nothingUnread'));
    request('read.mark', { all: true }).then(
      ({ undo: undoId }) => toast(t('markedAllRead'), { action: { label: t('undo'), run: () => undo(undoId) } }),
      failed(t('notMarkedRead')),
    );
  }, [t, say, client]);
}
