import { emit } from '@/lib/domain/emit';
import type { Receipt } from '@/lib/domain/receipts/schema';
import { processSingleton } from '@/lib/platform/process/singleton';

/** At most one event of a kind and conversation in this time. */
export const receiptsEveryMs = 1_000;

type ReceiptEvent = 'message.read' | 'message.delivered';

/** What waits for the end of the second, the latest of each person; here from the first receipt to a second of silence. */
const batches = () => processSingleton('receipts', () => new Map<string, Map<string, Receipt>>());

/** Sends the first receipt at once and collects those of the next second: everybody reads a message at the same moment. */
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
