import type { Message, Quote } from '@/lib/domain/messages/schema';

/** A quote remembers how fresh it is, so that a late event cannot make it older. */
export type DatedQuote = Quote & { rev?: number };

/** A message as a reply quotes it. */
export function quoteOf({ id, seq, type, content, sender, deletedAt, attachments }: Message): Quote {
  return { id, seq, type, content, sender, deletedAt, files: attachments.map(({ name }) => name) };
}

/** The message, with its quote as fresh as the message is. */
export function dateQuote(message: Message): Message {
  if (!message.replyTo) return message;
  const quote: DatedQuote = { ...message.replyTo, rev: message.rev };
  return { ...message, replyTo: quote };
}
