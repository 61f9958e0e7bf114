import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/client/api/api';
import { takeConversation } from '@/client/socket/answers';
import { changeWindow, readConversation, readMe, readWindow, writeWindow } from '@/client/state/cache';
import { type MessageWindow, windowOf } from '@/client/state/state';
import { addPage } from '@/client/state/window';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { MessagePage } from '@/lib/domain/messages/schema';

const pageSize = 50;
const largePage = 100;
/** Maximum number of messages that are loaded back to the first unread one. */
const unreadReach = 500;

/** The initial window of a conversation: its newest messages, back to the first unread one. */
export async function fetchWindow(client: QueryClient, conversationId: string, signal?: AbortSignal): Promise<MessageWindow> {
  const conversation = readConversation(client, conversationId) ?? (await fetchConversation(client, conversationId));
  const { me, lastSeq, lastRev } = conversation;
  const unread = me && me.unreadCount > 0 ? lastSeq - me.lastReadSeq : 0;
  const page = await getPage(conversationId, { limit: Math.min(largePage, Math.max(pageSize, unread + 10)) }, signal);
  let window = windowOf(page, lastRev);
  while (me && unread < unreadReach && missesUnread(window, me.lastReadSeq)) {
    const older = await getPage(conversationId, { before: window.prevCursor ?? '', limit: largePage }, signal);
    window = addPage(window, older, 'older', window.rev, readMe(client));
  }
  return window;
}

/** Whether the first message after the read watermark is before the window. */
export function missesUnread({ messages, prevCursor }: MessageWindow, lastReadSeq: number): boolean {
  const first = messages.find(({ type }) => type !== 'system');
  return prevCursor !== null && (first?.seq ?? 1) > lastReadSeq + 1;
}

/**
 * Loads back until the first unread message is in the window.
 * @returns false when it is too far
 */
export async function loadToUnread(client: QueryClient, conversationId: string): Promise<boolean> {
  const { me, lastSeq = 0 } = readConversation(client, conversationId) ?? {};
  if (!me || lastSeq - me.lastReadSeq > unreadReach) return false;
  for (;;) {
    const window = readWindow(client, conversationId);
    if (!window) return false;
    if (!missesUnread(window, me.lastReadSeq)) return true;
    await loadOlder(client, conversationId);
  }
}

export async function fetchConversation(client: QueryClient, id: string): Promise<Conversation> {
  const before = readConversation(client, id);
  const { conversation } = await api.get<{ conversation: Conversation }>(`/api/conversations/${id}`);
  takeConversation(client, conversation, before);
  return readConversation(client, id) ?? conversation;
}

export const loadOlder = once('older', async (client: QueryClient, conversationId: string) => {
  const window = readWindow(client, conversationId);
  if (!window?.prevCursor) return;
  const cursor = window.prevCursor;
  const page = await getPage(conversationId, { before: cursor, limit: pageSize });
  changeWindow(client, conversationId, (now) =>
    now.prevCursor === cursor ? addPage(now, page, 'older', window.rev, readMe(client)) : now,
  );
});

export const loadNewer = once('newer', async (client: QueryClient, conversationId: string) => {
  const window = readWindow(client, conversationId);
  if (!window?.nextCursor) return;
  const cursor = window.nextCursor;
  const page = await getPage(conversationId, { after: cursor, limit: pageSize });
  changeWindow(client, conversationId, (now) =>
    now.nextCursor === cursor ? addPage(now, page, 'newer', window.rev, readMe(client)) : now,
  );
});

/** Replaces the window by the newest page. */
export const loadLatest = once('latest', async (client: QueryClient, conversationId: string) => {
  writeWindow(client, conversationId, await fetchWindow(client, conversationId));
});

/**
 * Makes sure that the message is in the window.
 * @throws NOT_FOUND when it is not in the conversation
 */
export async function loadAround(client: QueryClient, conversationId: string, messageId: string): Promise<void> {
  if (readWindow(client, conversationId)?.messages.some(({ id }) => id === messageId)) return;
  const conversation = readConversation(client, conversationId) ?? (await fetchConversation(client, conversationId));
  const page = await getPage(conversationId, { around: messageId, limit: pageSize });
  writeWindow(client, conversationId, windowOf(page, conversation.lastRev));
}

function getPage(conversationId: string, query: Record<string, string | number>, signal?: AbortSignal) {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return api.get<MessagePage>(`/api/conversations/${conversationId}/messages?${search}`, signal);
}

/** One request per kind and conversation at a time: concurrent callers share it. */
function once(kind: string, load: (client: QueryClient, conversationId: string) => Promise<void>) {
  return (client: QueryClient, conversationId: string): Promise<void> => {
    const key = `${kind} ${conversationId}`;
    const running = loading.get(key) ?? load(client, conversationId).finally(() => loading.delete(key));
    loading.set(key, running);
    return running;
  };
}

const loading = new Map<string, Promise<void>>();
