import { emit } from '@/lib/domain/emit';
import type { Receipt } from '@/lib/domain/receipts/schema';
import { processSingleton } from '@/lib/platform/process/singleton';

/** Minimum time between two events of one kind in a conversation. */
export const receiptsEveryMs = 1_000;

type ReceiptEvent = 'message.read' | 'message.delivered';

/** Receipts waiting for the end of the second, the latest of each person. An entry lasts until a second without receipts. */
const batches = () => processSingleton('receipts', () => new Map<string, Map<string, Receipt>>());

/** Sends the first receipt at once and collects those of the next second, because everybody reads a message at the same moment. */
export function collectReceipt(event: ReceiptEvent, conversationId: string, receipt: Receipt): void {
  const key = `${event} ${conversationId}`;
  const waiting = batches().get(key);
  if (waiting) {
    const known = waiting.get(receipt.userId);
    if (!known || known.seq <= receipt.seq) waiting.set(receipt.userId, receipt);
    return;
  }
  batches().set(key, new Map());
  emit(event, conversationId, { conversationId, receipts: [receipt] });
  later(() => flush(key, event, conversationId));
}

function flush(key: string, event: ReceiptEvent, conversationId: string): void {
  const receipts = [...(batches().get(key)?.values() ?? [])];
  batches().delete(key);
  if (receipts.length === 0) return;
  batches().set(key, new Map());
  emit(event, conversationId, { conversationId, receipts });
  later(() => flush(key, event, conversationId));
}

function later(then: () => void): void {
  setTimeout(then, receiptsEveryMs).unref();
}
