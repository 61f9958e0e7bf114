'use client';
import { useTranslations } from '@/client/intl/translations';
import { emptyOutbox, useWaitingCount } from '@/client/outbox/outbox';
import { signOut } from '@/components/accounts/credentials';
import { toast } from '@/components/ui/toast';

/** Signs this browser out. It asks first when unsent messages would be lost. */
export function useSignOut(): () => void {
  const t = useTranslations('accounts');
  const waiting = useWaitingCount();
  const go = async () => {
    try {
      await signOut();
      emptyOutbox();
      void purgeSearch();
    } catch {
      toast(t('problems.unreachable'), { kind: 'failed' });
    }
  };
  return () => {
    if (waiting === 0) return void go();
    toast(t('unsent', { count: waiting }), {
      kind: 'failed',
      action: { label: t('signOutAnyway'), run: () => void go() },
    });
  };
}

/** The page of the sign-in does the same, in case this one is gone before. */
const purgeSearch = async () => (await import('@/client/search/follow')).purgeLocalSearch();
