import { ApiError } from '@/client/api/api';
import type { Outgoing, OutgoingProblem } from '@/client/outbox/outgoing';
import { all, isOpen, refresh, update } from '@/client/outbox/state';
import { isConnected, request } from '@/client/socket/socket';

const minDelayMs = 1_000;
const maxDelayMs = 15_000;
/** The server deduplicates by clientMessageId for this long. A later retry could send a message twice, so the sender must confirm it. */
const maxAgeMs = 7 * 24 * 60 * 60_000;

const draining = new Set<string>();

/**
 * Sends the queued messages of a conversation one at a time, so that they arrive in the order they were written. A Web Lock makes sure
 * that only one tab does so.
 */
export async function drain(senderId: string, conversationId: string): Promise<void> {
  if (draining.has(conversationId)) return;
  draining.add(conversationId);
  try {
    await inOneTab(`parley.outbox.${senderId}.${conversationId}`, async () => {
      await refresh(senderId);
      await sendAll(senderId, conversationId);
    });
  } finally {
    draining.delete(conversationId);
  }
  // A message that was queued while the lock was being released was skipped, because this conversation was still draining.
  if (isConnected() && isOpen(senderId) && nextOf(senderId, conversationId)) void drain(senderId, conversationId);
}

async function sendAll(senderId: string, conversationId: string): Promise<void> {
  let delayMs = minDelayMs;
  for (;;) {
    const next = nextOf(senderId, conversationId);
    if (!next || !isConnected() || !isOpen(senderId)) return;
    const waitMs = await trySend(next, delayMs);
    if (waitMs === 0) delayMs = minDelayMs;
    else {
      // With jitter, because an outage makes all clients retry at the same moment.
      await new Promise((resolve) => setTimeout(resolve, waitMs * (1 + Math.random() / 4)));
      delayMs = Math.min(maxDelayMs, delayMs * 2);
    }
  }
}

const nextOf = (senderId: string, conversationId: string) =>
  all().find((one) => one.senderId === senderId && one.conversationId === conversationId && one.state === 'sending');

/**
 * Runs work under a Web Lock. Without Web Locks (plain http, or a browser that blocks storage) several tabs may send the same message:
 * each tab in order, and the server stores it once.
 */
async function inOneTab(name: string, work: () => Promise<void>): Promise<void> {
  let started = false;
  const start = () => {
    started = true;
    return work();
  };
  try {
    await navigator.locks.request(name, start);
  } catch (error) {
    if (started) throw error;
    await work();
  }
}

/** Sends one message. @returns ms to wait before a retry; 0 when the message was sent or has failed */
async function trySend(outgoing: Outgoing, delayMs: number): Promise<number> {
  const { clientMessageId, conversationId, content, replyTo, attachments, createdAt } = outgoing;
  if (Date.now() - Date.parse(createdAt) > maxAgeMs) {
    update(clientMessageId, { state: 'failed', problem: 'expired' });
    return 0;
  }
  try {
    const attachmentIds = attachments.map(({ id }) => id);
    const reply = replyTo ? { replyToId: replyTo.id } : {};
    const ack = await request('message.send', { conversationId, clientMessageId, content, attachmentIds, ...reply });
    update(clientMessageId, { state: 'sent', ack });
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'UNAVAILABLE' || error.code === 'RATE_LIMIT_EXCEEDED') return (error.retryAfter ?? 0) * 1_000 || delayMs;
    if (error.code === 'UNAUTHENTICATED' || error.code === 'TOKEN_EXPIRED') return maxDelayMs;
    update(clientMessageId, { state: 'failed', problem: problemOf(error) });
    return 0;
  }
}

function problemOf({ code, reason, fieldReasons }: ApiError): OutgoingProblem {
  return code === 'NOT_FOUND' ? 'gone' : { code, ...(reason ? { reason } : {}), fieldReasons };
}
