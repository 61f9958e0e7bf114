'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { summaryOfMessage } from '@/components/messages/summary';
import type { Message } from '@/lib/domain/messages/schema';

/**
 * Announces each new message once to screen readers, its author first. The rows are not live themselves, because history pages,
 * reactions and toolbars come and go in them without being news.
 */
export function Announcer({ messages, me }: { messages: Message[]; me: string }) {
  const t = useTranslations('messages');
  const lastId = useRef(messages.at(-1)?.id ?? '');
  const [news, setNews] = useState<Message[]>([]);
  useEffect(() => {
    const fresh = messages
      .slice(-10)
      .filter(({ id, sender, type }) => id > lastId.current && sender.id !== me && type !== 'system');
    lastId.current = messages.at(-1)?.id ?? lastId.current;
    if (fresh.length > 0) setNews((before) => [...before, ...fresh].slice(-10));
  }, [messages, me]);
  return (
    <div aria-live="polite" aria-relevant="additions" data-testid="announcer" className="sr-only">
      {news.map((message) => (
        <p key={message.id}>{t.rich('newsFrom', { person: message.sender.name, text: summaryOfMessage(message, t) })}</p>
      ))}
    </div>
  );
}
