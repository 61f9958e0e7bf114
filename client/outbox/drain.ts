import { ApiError } from '@/client/api/api';
import type { Outgoing } from '@/client/outbox/outgoing';
import { all, isOpen, refresh, update } from '@/client/outbox/state';
import { ask, isConnected } from '@/client/socket/socket';

const shortestPauseMs = 1_000;
const longestPauseMs = 15_000;
/** So long the server remembers a clientMessageId: what is older might be there already, and its sender decides. */
const retriedForMs = 7 * 24 * 60 * 60_000;

const asked = new Set<string>();

/**
 * Sends what waits in a conversation, one message at a time, so that they arrive in the order they were written; and in one
 * tab at a time, whichever gets the lock.
 */
export async function drain(senderId: string, conversationId: string): Promise<void> {
  if (asked.has(conversationId)) return;
  asked.add(conversationId);
  try {
    await inOneTab(`parley.outbox.${senderId}.${conversationId}`, async () => {
      await refresh(senderId);
      await sendAll(senderId, conversationId);
    });
  } finally {
    asked.delete(conversationId);
  }
  // What was written while the lock was given back found somebody at work.
  if (isConnected() && isOpen(senderId) && nextOf(senderId, conversationId)) void drain(senderId, conversationId);
}

async function sendAll(senderId: string, conversationId: string): Promise<void> {
  let pauseMs = shortestPauseMs;
  for (;;) {
    const next = nextOf(senderId, conversationId);
    if (!next || !isConnected() || !isOpen(senderId)) return;
    const waitMs = await attempt(next, pauseMs);
    if (waitMs === 0) pauseMs = shortestPauseMs;
    else {
      // Not all at the same moment after an interruption that met everybody.
      await new Promise((resolve) => setTimeout(resolve, waitMs * (1 + Math.random() / 4)));
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }
}

const nextOf = (senderId: string, conversationId: string) =>
  all().find((one) => one.senderId === senderId && one.conversationId === conversationId && one.state === 'sending');

/**
 * Where there are no Web Locks (plain http), or the browser refuses them with its storage, tabs may send the same message: each of
 * them in order, and the server stores it once.
 */
async function inOneTab(name: string, work: () => Promise<void>): Promise<void> {
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  try {
    await navigator.locks.request(name, begin);
  } catch (error) {
    if (begun) throw error;
    await work();
  }
}

/** Gives back how long to wait before the next attempt: 0 when this message is done, well or badly. */
async function attempt(outgoing: Outgoing, pauseMs: number): Promise<number> {
  const { clientMessageId, conversationId, content, replyTo, attachments, createdAt } = outgoing;
  if (Date.now() - Date.parse(createdAt) > retriedForMs) {
    update(clientMessageId, { state: 'failed', problem: 'It was written more than a week ago. Is it still to be sent?' });
    return 0;
  }
  try {
    const attachmentIds = attachments.map(({ id }) => id);
    const reply = replyTo ? { replyToId: replyTo.id } : {};
    const ack = await ask('message.send', { conversationId, clientMessageId, content, attachmentIds, ...reply });
    update(clientMessageId, { state: 'sent', ack });
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'UNAVAILABLE' || error.code === 'RATE_LIMIT_EXCEEDED') return (error.retryAfter ?? 0) * 1_000 || pauseMs;
    if (error.code === 'UNAUTHENTICATED' || error.code === 'TOKEN_EXPIRED') return longestPauseMs;
    update(clientMessageId, { state: 'failed', problem: problemOf(error) });
    return 0;
  }
}

function problemOf(error: ApiError): string {
  if (error.code === 'NOT_FOUND') return 'It could not be delivered: the conversation, or what it refers to, is gone.';
  return Object.values(error.fields)[0] ?? error.message;
}
