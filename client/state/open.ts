import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { settle } from '@/client/outbox/outbox';
import { takeConversation } from '@/client/socket/answers';
import { emit, isConnected, request } from '@/client/socket/socket';
import { readConversation, readRoster, readWindow, writeRoster } from '@/client/state/cache';
import { useConversation, useMessages } from '@/client/state/queries';
import { isBehind } from '@/client/state/state';
import { catchUp, gapClosesMs } from '@/client/state/sync';
import { setTyping } from '@/client/typing/typists';

/** The conversation on screen: the socket is in its room, and its window follows every change. */
let openId: string | null = null;

export function useOpenConversation(conversationId: string, isMember: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isMember) return;
    openId = conversationId;
    void rejoin(client).catch(() => undefined);
    return () => {
      if (openId === conversationId) openId = null;
      emit('conversation.leave', { conversationId });
    };
  }, [client, conversationId, isMember]);
  useFollow(client, conversationId);
}

/** How many participants a client holds of a conversation; further ones are for the list of people alone. */
const rosterSize = 100;

/**
 * Enters the room of what is on screen, and catches up with what was missed: on opening, and after every connect.
 * @param replace requests the roster even if it is known
 */
export async function rejoin(client: QueryClient, { replace = false } = {}): Promise<void> {
  const conversationId = openId;
  if (!conversationId || !isConnected()) return;
  const before = readConversation(client, conversationId);
  const isNew = replace || !readRoster(client, conversationId);
  const input = isNew ? { conversationId, participants: rosterSize } : { conversationId };
  const { conversation, typing, participants } = await request('conversation.join', input);
  takeConversation(client, conversation, before);
  if (participants) writeRoster(client, conversationId, participants);
  for (const typist of typing) setTyping(conversationId, typist, true);
  await catchUp(client, conversationId);
}

/** Catches up with the open conversation, if its header is ahead of its window. */
export async function catchUpOpen(client: QueryClient): Promise<void> {
  if (openId && isConnected()) await catchUp(client, openId);
}

/** A gap in the changes may close by itself within a second; then the server is queried. */
function useFollow(client: QueryClient, conversationId: string): void {
  const { conversation } = useConversation(conversationId);
  const { data: window } = useMessages(conversationId);
  const behind = window !== undefined && isBehind(window, conversation);
  useEffect(() => {
    if (!behind) return;
    const timer = setInterval(() => void catchUp(client, conversationId).catch(() => undefined), gapClosesMs);
    return () => clearInterval(timer);
  }, [behind, client, conversationId]);
  const rev = window?.rev;
  useEffect(() => {
    const rows = readWindow(client, conversationId)?.messages;
    if (rev === undefined || !rows) return;
    // An outgoing message is settled when the server has acknowledged it and the window has its row.
    const own = new Set(rows.map(({ clientMessageId }) => clientMessageId));
    settle(
      (one) =>
        one.conversationId === conversationId &&
        (own.has(one.clientMessageId) || (one.ack?.rev ?? Number.POSITIVE_INFINITY) <= rev),
    );
  }, [client, conversationId, rev]);
}
