import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { readLocal, writeLocal } from '@/client/browser/local-storage';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { request } from '@/client/socket/socket';
import { change, dispatch, readMe } from '@/client/state/cache';
import { applyEvent } from '@/client/state/reducer';
import { toast } from '@/components/ui/toast';
import type { Message } from '@/lib/domain/messages/schema';
import { canonicalEmoji } from '@/lib/platform/text/emoji';

/** A person's actions on a stored message. Each is shown after the server has done it, and throws the server's error. */

export async function editMessage(client: QueryClient, messageId: string, content: string): Promise<void> {
  const { message } = await request('message.edit', { messageId, content });
  dispatch(client, { name: 'message.edited', payload: { message } });
}

export async function deleteMessage(client: QueryClient, messageId: string): Promise<void> {
  const { message } = await request('message.delete', { messageId });
  dispatch(client, { name: 'message.deleted', payload: { message } });
}

/** Reactions are shown at once; the server's count follows. */
async function toggleReaction(client: QueryClient, message: Message, emoji: string): Promise<void> {
  const me = readMe(client);
  const added = !message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
  const answer = await request(added ? 'reaction.add' : 'reaction.remove', { messageId: message.id, emoji });
  const reaction = { message: answer.message, change: { userId: me, emoji, added } };
  change(client, (state) => applyEvent(state, { name: 'reaction.updated', payload: reaction }));
  remember(emoji);
}

/** Reports the error of an action in a toast. */
export function useSay(): (error: unknown, otherwise: string) => void {
  const problems = useProblems();
  return (error, otherwise) => toast(problems.say(error, otherwise), { kind: 'failed' });
}

/** Adds or removes a reaction, and reports an error. */
export function useReact(message: Message): (emoji: string) => Promise<void> {
  const client = useQueryClient();
  const t = useTranslations('messages');
  const say = useSay();
  return (emoji) => toggleReaction(client, message, emoji).catch((error) => say(error, t('notReacted')));
}

/** Pins the message, or unpins it where it is pinned, and reports an error. */
export function usePin(message: Message): () => Promise<void> {
  const client = useQueryClient();
  const t = useTranslations('pins');
  const say = useSay();
  const isPinned = message.pinnedAt !== null;
  return async () => {
    try {
      const answer = await request(isPinned ? 'pin.remove' : 'pin.add', { messageId: message.id });
      const payload = { message: answer.message, change: isPinned ? ('unpinned' as const) : ('pinned' as const) };
      dispatch(client, { name: 'message.updated', payload });
    } catch (error) {
      say(error, t(isPinned ? 'notUnpinned' : 'notPinned'));
    }
  };
}

const usedKey = 'parley.reactions';
const usual = ['👍', '❤️', '😂', '🎉', '👀'];

/** The person's five most used emoji. */
export function quickReactions(): string[] {
  try {
    const used = JSON.parse(readLocal(usedKey) ?? '[]') as string[];
    // Older entries may be stored in the picker's form.
    return [...new Set([...used.map(canonicalEmoji), ...usual])].slice(0, usual.length);
  } catch {
    return usual;
  }
}

function remember(emoji: string): void {
  writeLocal(usedKey, JSON.stringify([...new Set([emoji, ...quickReactions()])].slice(0, usual.length)));
}
