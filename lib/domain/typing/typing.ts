import type { ServerPayloads } from '@/lib/domain/contract';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { broadcastTyping } from '@/lib/domain/typing/broadcasts';
import type { Typist } from '@/lib/domain/typing/schema';
import { typingExpiresMs } from '@/lib/domain/typing/timing';
import { prisma } from '@/lib/platform/db/prisma';
import { processSingleton } from '@/lib/platform/process/singleton';

interface Entry extends Typist {
  /** the device it was last heard from; null when another node said so, which tells its end too */
  socketId: string | null;
  expiry: NodeJS.Timeout;
}

/**
 * Says that somebody types, for typingExpiresMs from now.
 * @throws NOT_FOUND unless they are in
 */
export async function startTyping(userId: string, socketId: string, conversationId: string): Promise<void> {
  await findConversationFor(userId, conversationId);
  const name = conversations().get(conversationId)?.get(userId)?.name ?? (await nameOf(userId));
  note(conversationId, { userId, name }, socketId, () => stopTyping(userId, conversationId));
  broadcastTyping(conversationId, { userId, name }, true);
}

/** Another node told that somebody there types, or no longer does; it told everybody. */
export function receiveTyping({ conversationId, userId, name, isTyping }: ServerPayloads['typing.user']): void {
  if (isTyping) note(conversationId, { userId, name }, null, () => forget(conversationId, userId));
  else forget(conversationId, userId);
}

/** They sent it, gave up, or left. Nothing when they were not typing. */
export function stopTyping(userId: string, conversationId: string): void {
  const entry = forget(conversationId, userId);
  if (entry) broadcastTyping(conversationId, entry, false);
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

function note(conversationId: string, { userId, name }: Typist, socketId: string | null, then: () => void): void {
  const typists = conversations().get(conversationId) ?? new Map<string, Entry>();
  conversations().set(conversationId, typists);
  clearTimeout(typists.get(userId)?.expiry);
  const expiry = setTimeout(then, typingExpiresMs);
  expiry.unref();
  typists.set(userId, { userId, name, socketId, expiry });
}

function forget(conversationId: string, userId: string): Entry | undefined {
  const typists = conversations().get(conversationId);
  const entry = typists?.get(userId);
  clearTimeout(entry?.expiry);
  typists?.delete(userId);
  if (typists?.size === 0) conversations().delete(conversationId);
  return entry;
}

const conversations = () => processSingleton('typing', () => new Map<string, Map<string, Entry>>());

async function nameOf(userId: string): Promise<string> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { name: true } });
  return user?.name ?? '';
}
