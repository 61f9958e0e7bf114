'use client';
import { WifiOff } from 'lucide-react';
import { useIsKept, useWaitingCount } from '@/client/outbox/outbox';
import { useConnection, useInterrupted } from '@/client/socket/connection';

/** Calm words while the connection is away for longer than a moment. */
export function OfflineStrip() {
  const interrupted = useInterrupted();
  const connection = useConnection();
  const waiting = useWaitingCount();
  const isKept = useIsKept();
  if (!interrupted || connection === 'connected') return null;
  return (
    <p
      data-offline-strip
      className="flex min-h-8 shrink-0 animate-appear items-center justify-center gap-2 border-line border-b bg-surface px-4 py-1 text-muted text-sm"
    >
      <WifiOff className="size-4" />
      <span>
        {connection === 'offline' ? 'You are offline.' : 'Reconnecting…'}{' '}
        {waiting > 0 ? waitingWords(waiting) : 'What you write is kept and sent when the connection is back.'}{' '}
        {!isKept &&
          'Leave this tab open until then: this browser stores nothing, as in a private window or when its storage is full.'}
      </span>
    </p>
  );
}

const waitingWords = (count: number) =>
  count === 1 ? 'One message waits and will be sent by itself.' : `${count} messages wait and will be sent by themselves.`;
