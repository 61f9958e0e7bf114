import { findConversationFor } from '@/lib/conversations/access';
import { prisma } from '@/lib/db/prisma';
import { oncePerProcess } from '@/lib/process/once';
import { broadcastTyping } from '@/lib/typing/broadcasts';
import { type Typist, typingExpiresMs } from '@/lib/typing/schema';

interface Entry extends Typist {
  /** the device it was last heard from */
  socketId: string;
  expiry: NodeJS.Timeout;
}

/** Says that somebody types, for typingExpiresMs from now. Throws NOT_FOUND unless they are in. */
export async function startTyping(userId: string, socketId: string, conversationId: string): Promise<void> {
  await findConversationFor(userId, conversationId);
  const name = conversations().get(conversationId)?.get(userId)?.name ?? (await nameOf(userId));
  const typists = conversations().get(conversationId) ?? new Map<string, Entry>();
  conversations().set(conversationId, typists);
  clearTimeout(typists.get(userId)?.expiry);
  const expiry = setTimeout(() => stopTyping(userId, conversationId), typingExpiresMs);
  expiry.unref();
  typists.set(userId, { userId, name, socketId, expiry });
  broadcastTyping(conversationId, { userId, name }, true);
}

/** They sent it, gave up, or left. Nothing when they were not typing. */
export function stopTyping(userId: string, conversationId: string): void {
  const typists = conversations().get(conversationId);
  const entry = typists?.get(userId);
  if (!typists || !entry) return;
  clearTimeout(entry.expiry);
  typists.delete(userId);
  if (typists.size === 0) conversations().delete(conversationId);
  broadcastTyping(conversationId, entry, false);
}

/** A device went. */
export function stopTypingEverywhere(userId: string, socketId: string): void {
  for (const conversationId of [...conversations().keys()]) stopTypingOn(userId, socketId, conversationId);
}

/** A device took the conversation off its screen; another of theirs may still be typing there. */
export function stopTypingOn(userId: string, socketId: string, conversationId: string): void {
  if (conversations().get(conversationId)?.get(userId)?.socketId === socketId) stopTyping(userId, conversationId);
}

/** Who types there now, besides the reader. */
export function typistsIn(conversationId: string, readerId?: string): Typist[] {
  const typists = [...(conversations().get(conversationId)?.values() ?? [])];
  return typists.filter(({ userId }) => userId !== readerId).map(({ userId, name }) => ({ userId, name }));
}

const conversations = () => oncePerProcess('typing', () => new Map<string, Map<string, Entry>>());

async function nameOf(userId: string): Promise<string> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { name: true } });
  return user?.name ?? '';
}
