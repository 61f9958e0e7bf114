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

/** What a person does to a message that is there. Each is shown when the server has done it, and throws when it refuses. */

export async function editMessage(client: QueryClient, messageId: string, content: string): Promise<void> {
  const { message } = await request('message.edit', { messageId, content });
  dispatch(client, { name: 'message.edited', payload: { message } });
}

export async function deleteMessage(client: QueryClient, messageId: string): Promise<void> {
  const { message } = await request('message.delete', { messageId });
  dispatch(client, { name: 'message.deleted', payload: { message } });
}

/** Shows at once; the server's own count follows. */
async function toggleReaction(client: QueryClient, message: Message, emoji: string): Promise<void> {
  const me = readMe(client);
  const added = !message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
  const answer = await request(added ? 'reaction.add' : 'reaction.remove', { messageId: message.id, emoji });
  const reaction = { message: answer.message, change: { userId: me, emoji, added } };
  change(client, (state) => applyEvent(state, { name: 'reaction.updated', payload: reaction }));
  remember(emoji);
}

/** For what a person does: says in passing what did not work. */
export function useSay(): (error: unknown, otherwise: string) => void {
  const problems = useProblems();
  return (error, otherwise) => toast(problems.say(error, otherwise), { kind: 'failed' });
}

/** Reacts, or takes it back, and says when that did not work. */
export function useReact(message: Message): (emoji: string) => Promise<void> {
  const client = useQueryClient();
  const t = useTranslations('messages');
  const say = useSay();
  return (emoji) => toggleReaction(client, message, emoji).catch((error) => say(error, t('notReacted')));
}

const usedKey = 'parley.reactions';
const usual = ['👍', '❤️', '😂', '🎉', '👀'];

/** The five that this person reaches for. */
export function quickReactions(): string[] {
  try {
    const used = JSON.parse(readLocal(usedKey) ?? '[]') as string[];
    // Earlier ones may have been kept as the picker wrote them.
    return [...new Set([...used.map(canonicalEmoji), ...usual])].slice(0, usual.length);
  } catch {
    return usual;
  }
}

function remember(emoji: string): void {
  writeLocal(usedKey, JSON.stringify([...new Set([emoji, ...quickReactions()])].slice(0, usual.length)));
}
