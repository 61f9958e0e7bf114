'use client';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { useTakeConversation } from '@/client/state/queries';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import type { Conversation, Notify } from '@/lib/domain/conversations/schema';

/** The choice of the conversation's notifications. */
export function NotifyChoice({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const problems = useProblems();
  const take = useTakeConversation();
  const [chosen, setChosen] = useState<Notify | null>(null);
  const change = async (notify: Notify) => {
    setChosen(notify);
    try {
      const answer = await api.patch<{ conversation: Conversation }>(`/api/conversations/${conversation.id}/me`, { notify });
      take(answer.conversation);
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
    }
    setChosen(null);
  };
  return (
    <section className="border-line border-t px-4 py-4">
      <h3 className="mb-2 font-medium text-muted text-xs">{t('notifyMe')}</h3>
      <Segmented
        label={t('notifyMe')}
        value={chosen ?? conversation.me?.notify ?? 'all'}
        onChange={(notify) => void change(notify)}
        options={[
          { value: 'all', label: t('notifyAll') },
          { value: 'mentions', label: t('notifyMentions') },
          { value: 'none', label: t('notifyNone') },
        ]}
      />
    </section>
  );
}
