import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { api } from '@/client/api/api';
import { forgetText, keepText, listenToTabs, recallText, setWriting, useWriting, writingOf } from '@/client/drafts/drafts';
import { dispatch } from '@/client/state/cache';
import type { Conversation } from '@/lib/domain/conversations/schema';

const saveDelayMs = 800;

/** The draft of a conversation. Stored on this device at once, and on the server a moment later for the other devices. */
export function useDraft(conversation: Conversation, me: string): [string, (text: string) => void] {
  const client = useQueryClient();
  const { id } = conversation;
  const { text } = useWriting(id);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const draft = writingOf(id).text;
    if (draft === undefined) return;
    const path = `/api/conversations/${id}/me`;
    const answer = await api.patch<{ conversation: Conversation }>(path, { draft }).catch(() => null);
    // The draft stays on this device and is saved with the next change.
    if (!answer) return;
    const version = answer.conversation.me?.draftVersion ?? 0;
    dispatch(client, { name: 'draft.updated', payload: { conversationId: id, draft, version } });
    if (writingOf(id).text !== draft) return;
    setWriting(id, { text: undefined });
    forgetText(me, id);
  }, [client, id, me]);

  useEffect(() => {
    const kept = recallText(me, id);
    if (kept !== null && writingOf(id).text === undefined) {
      // An earlier page was closed before it saved this text.
      setWriting(id, { text: kept });
      timer.current = setTimeout(save, saveDelayMs);
    }
    const stop = listenToTabs(me, id, (written) => {
      if (!document.hasFocus()) setWriting(id, { text: written });
    });
    return () => {
      stop();
      void save();
    };
  }, [id, me, save]);

  const write = useCallback(
    (next: string) => {
      setWriting(id, { text: next });
      keepText(me, id, next);
      clearTimeout(timer.current);
      timer.current = setTimeout(save, saveDelayMs);
    },
    [id, me, save],
  );

  return [text ?? conversation.me?.draft ?? '', write];
}
