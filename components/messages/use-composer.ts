import { useQueryClient } from '@tanstack/react-query';
import { setWriting, useWriting } from '@/client/drafts/drafts';
import { useDraft } from '@/client/drafts/use-draft';
import { useTranslations } from '@/client/intl/translations';
import { send } from '@/client/outbox/outbox';
import { readWindow } from '@/client/state/cache';
import { announceTyping, announceTypingStopped, typingSent } from '@/client/typing/typists';
import { takeUploads, useUploads } from '@/components/attachments/uploads';
import { editMessage, useSay } from '@/components/messages/actions';
import { startEditing } from '@/components/messages/row-toolbar';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { limits } from '@/lib/platform/limits/schema';
import { countCharacters } from '@/lib/platform/text/characters';
import { showsSomething } from '@/lib/platform/text/visible';

/** The state and actions of the composer in a conversation. */
export function useComposer(conversation: Conversation, me: string) {
  const t = useTranslations('messages');
  const say = useSay();
  const client = useQueryClient();
  const { id } = conversation;
  const [draft, setDraft] = useDraft(conversation, me);
  const { replyTo, editing } = useWriting(id);
  const uploads = useUploads().filter((upload) => upload.conversationId === id);
  const text = editing ? editing.text : draft;
  const over = text.length > limits().content ? countCharacters(text) - limits().content : 0;
  const isUploading = uploads.some(({ state }) => state === 'uploading' || state === 'waiting');
  const hasFiles = !editing && uploads.some(({ state }) => state === 'done');
  const canSend = (showsSomething(text) || hasFiles) && over <= 0 && (editing ? true : !isUploading);

  const write = (next: string) => {
    if (editing) {
      setWriting(id, { editing: { ...editing, text: next } });
      return;
    }
    setDraft(next);
    if (!showsSomething(next)) announceTypingStopped(id);
    else announceTyping(id);
  };

  const submit = async () => {
    if (!canSend) return;
    if (editing) {
      await finishEditing(editing.messageId, text);
      return;
    }
    send(me, { conversationId: id, content: text, replyTo: replyTo ?? null, attachments: takeUploads(id) });
    typingSent(id);
    setDraft('');
    setWriting(id, { replyTo: null });
  };

  const finishEditing = async (messageId: string, content: string) => {
    const before = readWindow(client, id)?.messages.find((message) => message.id === messageId);
    try {
      if (before?.content !== content) await editMessage(client, messageId, content);
      setWriting(id, { editing: null });
    } catch (error) {
      say(error, t('notChanged'));
    }
  };

  const editLast = (): boolean => {
    const last = readWindow(client, id)?.messages.findLast(
      ({ sender, type, deletedAt, content }) => sender.id === me && type !== 'system' && !deletedAt && content !== '',
    );
    if (last) startEditing(last);
    return last !== undefined;
  };

  /** Escape cancels a reply or an edit, but never clears a text. */
  const takeBack = () => {
    if (!editing) setWriting(id, { replyTo: null });
    else if (readWindow(client, id)?.messages.some((m) => m.id === editing.messageId && m.content === editing.text))
      setWriting(id, { editing: null });
  };

  return {
    text,
    over,
    uploads,
    isUploading,
    canSend,
    replyTo: replyTo ?? null,
    editing: editing ?? null,
    write,
    submit,
    editLast,
    takeBack,
  };
}
