'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '@/client/intl/translations';
import { useConnectionStore, useSignedOut } from '@/client/socket/connection';
import { reconnect } from '@/client/socket/socket';
import { useMe } from '@/client/state/queries';
import { SignInForm } from '@/components/accounts/sign-in-form';
import { Dialog } from '@/components/ui/dialog';

/** A dialog over the page when the session has ended. Typed text stays in place. */
export function SessionExpired() {
  const t = useTranslations('accounts');
  const signedOut = useSignedOut();
  const me = useMe();
  const client = useQueryClient();
  const renew = () => {
    useConnectionStore.setState({ signedOut: false });
    reconnect();
    void client.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
  };
  return (
    <Dialog
      open={signedOut}
      onOpenChange={() => undefined}
      width="small"
      closable={false}
      title={t('signedOut')}
      description={t('signedOutText')}
    >
      <SignInForm email={me.email} onSignedIn={renew} />
    </Dialog>
  );
}
