'use client';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { useTakeConversation } from '@/client/state/queries';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { phrase } from '@/lib/platform/text/phrase';

interface Props {
  conversation: Conversation;
  size?: 'small' | 'normal';
  onJoined?: () => void;
}

/** Joins a public group. */
export function JoinButton({ conversation, size, onJoined }: Props) {
  const [busy, setBusy] = useState(false);
  const take = useTakeConversation();
  const join = async () => {
    setBusy(true);
    try {
      const answer = await api.put<{ conversation: Conversation }>(`/api/conversations/${conversation.id}/participants/me`);
      take(answer.conversation);
      onJoined?.();
    } catch (error) {
      toast((error as Error).message, { kind: 'failed' });
    }
    setBusy(false);
  };
  return (
    <Button look="primary" size={size} busy={busy} onClick={join} aria-label={phrase`Join ${conversation.name}`}>
      Join
    </Button>
  );
}
