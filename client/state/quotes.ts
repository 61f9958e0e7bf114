import type { Message, Quote } from '@/lib/domain/messages/schema';

/** A quote with the rev of its content, so that a late event cannot make it older. */
export type DatedQuote = Quote & { rev?: number };

/** A message as replies quote it. */
export function quoteOf({ id, seq, type, content, sender, deletedAt, attachments }: Message): Quote {
  return { id, seq, type, content, sender, deletedAt, files: attachments.map(({ name }) => name) };
}

/** The message, with the message's own rev on its quote. */
export function dateQuote(message: Message): Message {
  if (!message.replyTo) return message;
  const quote: DatedQuote = { ...message.replyTo, rev: message.rev };
  return { ...message, replyTo: quote };
}
