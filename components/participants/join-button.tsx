'use client';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { useTakeConversation } from '@/client/state/queries';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';

interface Props {
  conversation: Conversation;
  size?: 'small' | 'normal';
  onJoined?: () => void;
}

export function JoinButton({ conversation, size, onJoined }: Props) {
  const t = useTranslations('participants');
  const problems = useProblems();
  const [busy, setBusy] = useState(false);
  const take = useTakeConversation();
  const join = async () => {
    setBusy(true);
    try {
      const answer = await api.put<{ conversation: Conversation }>(`/api/conversations/${conversation.id}/participants/me`);
      take(answer.conversation);
      onJoined?.();
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
    }
    setBusy(false);
  };
  return (
    <Button
      look="primary"
      size={size}
      busy={busy}
      onClick={join}
      aria-label={t('joinNamed', { group: conversation.name ?? '' })}
    >
      {t('join')}
    </Button>
  );
}
