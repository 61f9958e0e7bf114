import { create } from 'zustand';
import { ApiError } from '@/components/api/api';
import { forgetOutgoing, keepOutgoing, recallOutgoing } from '@/components/outbox/storage';
import { ask, isConnected } from '@/components/realtime/socket';
import type { Attachment } from '@/lib/attachments/schema';
import type { Quote, SendAck } from '@/lib/messages/schema';

/** A message on its way out. It keeps its id through every retry, which is what makes it one message. */
export interface Outgoing {
  clientMessageId: string;
  conversationId: string;
  content: string;
  replyTo: Quote | null;
  attachments: Attachment[];
  /** by this device's clock; only shown */
  createdAt: string;
  state: 'sending' | 'sent' | 'failed';
  /** why it failed, in a person's words */
  problem?: string;
  ack?: SendAck;
}

export type Draft = Pick<Outgoing, 'conversationId' | 'content' | 'replyTo' | 'attachments'>;

interface Outbox {
  outgoing: Outgoing[];
}

const useOutboxStore = create<Outbox>(() => ({ outgoing: [] }));

export const useOutgoing = () => useOutboxStore(({ outgoing }) => outgoing);
/** How many messages wait for a connection. */
export const useWaitingCount = () =>
  useOutboxStore(({ outgoing }) => outgoing.filter(({ state }) => state === 'sending').length);

/** Puts a message into the outbox: it shows at once and leaves as soon as it can, after those before it. */
export function send(draft: Draft): Outgoing {
  const outgoing: Outgoing = {
    ...draft,
    clientMessageId: crypto.randomUUID(),
    createdAt: new Date().toISOString(),
    state: 'sending',
  };
  setOutgoing([...all(), outgoing]);
  void drain(draft.conversationId);
  return outgoing;
}

export function retry(clientMessageId: string): void {
  const outgoing = find(clientMessageId);
  if (!outgoing) return;
  update(clientMessageId, { state: 'sending' });
  void drain(outgoing.conversationId);
}

/** Takes it out, to be edited or forgotten. */
export function discard(clientMessageId: string): Outgoing | undefined {
  const outgoing = find(clientMessageId);
  setOutgoing(all().filter((one) => one.clientMessageId !== clientMessageId));
  return outgoing;
}

/** The server's own row is there: the stand-in goes. */
export function settle(arrived: (outgoing: Outgoing) => boolean): void {
  if (all().some(arrived)) setOutgoing(all().filter((outgoing) => !arrived(outgoing)));
}

/** Everything that waits, in order: after a connect. */
export function drainAll(): void {
  for (const conversationId of new Set(all().map((outgoing) => outgoing.conversationId))) void drain(conversationId);
}

/** What an earlier load of this tab could not send. */
export function recall(): void {
  const known = new Set(all().map(({ clientMessageId }) => clientMessageId));
  const recalled = recallOutgoing().filter(({ clientMessageId }) => !known.has(clientMessageId));
  if (recalled.length > 0) setOutgoing([...recalled, ...all()]);
}

/** Signing out: nothing of this person stays. */
export function emptyOutbox(): void {
  useOutboxStore.setState({ outgoing: [] });
  forgetOutgoing();
}

const longestPauseMs = 15_000;
const draining = new Set<string>();

/** One message of a conversation at a time, so that they arrive in the order they were written. */
async function drain(conversationId: string): Promise<void> {
  if (draining.has(conversationId)) return;
  draining.add(conversationId);
  let pauseMs = 1_000;
  try {
    for (;;) {
      const next = all().find((outgoing) => outgoing.conversationId === conversationId && outgoing.state === 'sending');
      if (!next || !isConnected()) return;
      const waitMs = await attempt(next, pauseMs);
      if (waitMs === 0) pauseMs = 1_000;
      else {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      }
    }
  } finally {
    draining.delete(conversationId);
  }
}

/** Gives back how long to wait before the next attempt: 0 when this message is done, well or badly. */
async function attempt({ clientMessageId, conversationId, content, replyTo, attachments }: Outgoing, pauseMs: number) {
  try {
    const attachmentIds = attachments.map(({ id }) => id);
    const ack = await ask('message.send', {
      conversationId,
      clientMessageId,
      content,
      attachmentIds,
      ...(replyTo ? { replyToId: replyTo.id } : {}),
    });
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

const all = () => useOutboxStore.getState().outgoing;
const find = (clientMessageId: string) => all().find((outgoing) => outgoing.clientMessageId === clientMessageId);

function update(clientMessageId: string, changes: Partial<Outgoing>): void {
  setOutgoing(
    all().map((outgoing) => {
      if (outgoing.clientMessageId !== clientMessageId) return outgoing;
      const { problem: _problem, ...rest } = outgoing;
      return { ...rest, ...changes };
    }),
  );
}

function setOutgoing(outgoing: Outgoing[]): void {
  useOutboxStore.setState({ outgoing });
  keepOutgoing(outgoing.filter(({ state }) => state !== 'sent'));
}
