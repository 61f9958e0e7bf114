'use client';
import { WifiOff } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { useIsKept, useWaitingCount } from '@/client/outbox/outbox';
import { useConnection, useInterrupted } from '@/client/socket/connection';

/** A notice while the connection is lost for more than a moment. */
export function OfflineStrip() {
  const t = useTranslations('connection');
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
        {connection === 'offline' ? t('youAreOffline') : t('reconnecting')}{' '}
        {waiting > 0 ? t('waiting', { count: waiting }) : t('kept')} {!isKept && t('keepTabOpen')}
      </span>
    </p>
  );
}
