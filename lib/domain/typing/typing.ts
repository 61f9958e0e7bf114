import type { ServerPayloads } from '@/lib/domain/contract';
import { findConversationFor } from '@/lib/domain/conversations/access';
import { broadcastTyping } from '@/lib/domain/typing/broadcasts';
import type { Typist } from '@/lib/domain/typing/schema';
import { typingExpiresMs } from '@/lib/domain/typing/timing';
import { prisma } from '@/lib/platform/db/prisma';
import { processSingleton } from '@/lib/platform/process/singleton';

interface Entry extends Typist {
  /** the device that last sent typing; null when another node did, which also sends its end */
  socketId: string | null;
  expiry: NodeJS.Timeout;
}

/**
 * Shows that a person is typing, for typingExpiresMs from now.
 * @throws NOT_FOUND unless they are in the conversation
 */
export async function startTyping(userId: string, socketId: string, conversationId: string): Promise<void> {
  await findConversationFor(userId, conversationId);
  const name = conversations().get(conversationId)?.get(userId)?.name ?? (await nameOf(userId));
  note(conversationId, { userId, name }, socketId, () => stopTyping(userId, conversationId));
  broadcastTyping(conversationId, { userId, name }, true);
}

/** Records an event from another node, which has sent it to every socket. */
export function receiveTyping({ conversationId, userId, name, isTyping }: ServerPayloads['typing.user']): void {
  if (isTyping) note(conversationId, { userId, name }, null, () => forget(conversationId, userId));
  else forget(conversationId, userId);
}

/** Call it when a person sends, gives up or leaves. It does nothing when they were not typing. */
export function stopTyping(userId: string, conversationId: string): void {
  const entry = forget(conversationId, userId);
  if (entry) broadcastTyping(conversationId, entry, false);
}

/** Call it when a device disconnects. */
export function stopTypingEverywhere(userId: string, socketId: string): void {
  for (const conversationId of [...conversations().keys()]) stopTypingOn(userId, socketId, conversationId);
}

/** Call it when a device no longer shows the conversation. The person may still be typing on another device. */
export function stopTypingOn(userId: string, socketId: string, conversationId: string): void {
  if (conversations().get(conversationId)?.get(userId)?.socketId === socketId) stopTyping(userId, conversationId);
}

/** The people who are typing in the conversation, except the reader. */
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
