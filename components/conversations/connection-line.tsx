'use client';
import { clsx } from 'clsx';
import { useMounted } from '@/client/browser/mounted';
import { useTranslations } from '@/client/intl/translations';
import { useWaitingCount } from '@/client/outbox/outbox';
import { useConnection, useSignedOut } from '@/client/socket/connection';

/** The state of the connection: 'Connected', 'Reconnecting…', 'Offline, 2 waiting'. */
export function ConnectionLine() {
  const t = useTranslations('connection');
  const mounted = useMounted();
  const connection = useConnection();
  const signedOut = useSignedOut();
  const waiting = useWaitingCount();
  // No warning until the first attempt has ended.
  const state = !mounted ? 'connecting' : signedOut ? 'signed-out' : connection;
  return (
    <span role="status" data-connection={state} className="flex items-center gap-1.5 text-muted text-xs">
      {state !== 'connected' && (
        <span
          aria-hidden
          className={clsx(
            'size-1.5 shrink-0 rounded-full',
            state === 'offline' || state === 'signed-out' ? 'bg-busy' : 'animate-pulse bg-away',
          )}
        />
      )}
      <span className="truncate">
        {waiting > 0 && state !== 'connected' ? t('stateWaiting', { state: t(names[state]), count: waiting }) : t(names[state])}
      </span>
    </span>
  );
}

const names = {
  connected: 'connected',
  reconnecting: 'reconnecting',
  connecting: 'connecting',
  offline: 'offline',
  'signed-out': 'signedOut',
} as const;
