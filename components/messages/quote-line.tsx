import { useQueryClient } from '@tanstack/react-query';
import { Reply } from 'lucide-react';
import { plain } from '@/components/conversations/preview';
import { findMessage } from '@/components/messages/actions';
import type { Message, Quote } from '@/lib/messages/schema';

interface Props {
  quote: Quote;
  conversationId: string;
  onOpen: (messageId: string) => void;
}

/** The message that is replied to, as one line that leads to it. */
export function QuoteLine({ quote, conversationId, onOpen }: Props) {
  const client = useQueryClient();
  const text = plain(quote.content) || describeSilent(findMessage(client, conversationId, quote.id));
  return (
    <button
      type="button"
      aria-label={`In reply to ${quote.sender.name}`}
      data-quote={quote.id}
      onClick={() => onOpen(quote.id)}
      className="mb-0.5 flex max-w-full items-center gap-1.5 border-accent border-l-2 pl-2 text-left text-muted text-sm hover:text-text"
    >
      <Reply className="size-3.5! text-faint" aria-hidden />
      <bdi className="shrink-0 font-medium">{quote.sender.name}</bdi>
      <bdi className="min-w-0 truncate">{text}</bdi>
    </button>
  );
}

/** A quote carries the text only; what has none is a file, or was deleted. */
function describeSilent(target: Message | undefined): string {
  if (!target) return 'a message without text';
  if (target.deletedAt) return 'a deleted message';
  return target.attachments.map(({ name }) => name).join(', ');
}
