'use client';
import { emptyOutbox, useWaitingCount } from '@/client/outbox/outbox';
import { signOut } from '@/components/accounts/credentials';
import { toast } from '@/components/ui/toast';

/** Signs this browser out; what was not sent yet would be lost, so then it asks first. */
export function useSignOut(): () => void {
  const waiting = useWaitingCount();
  const go = async () => {
    try {
      await signOut();
      emptyOutbox();
    } catch (error) {
      toast((error as Error).message, { kind: 'failed' });
    }
  };
  return () => {
    if (waiting === 0) return void go();
    const what = waiting === 1 ? 'One message has' : `${waiting} messages have`;
    toast(`${what} not been sent yet and would be lost.`, {
      kind: 'failed',
      action: { label: 'Sign out anyway', run: () => void go() },
    });
  };
}
