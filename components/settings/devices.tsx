'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut, Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { keys } from '@/client/api/keys';
import { useSignOut } from '@/components/accounts/sign-out';
import { SettingsSection } from '@/components/settings/settings-section';
import { useClock } from '@/components/shell/clock';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import type { DeviceSession } from '@/lib/domain/sessions/schema';
import { phrase } from '@/lib/platform/text/phrase';

/** Where one is signed in. Signing a device out closes it there at once. */
export function Devices() {
  const signOut = useSignOut();
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: keys.sessions,
    queryFn: () => api.get<{ sessions: DeviceSession[] }>('/api/me/sessions').then(({ sessions }) => sessions),
    staleTime: 0,
  });
  return (
    <SettingsSection title="Devices" text="Where you are signed in. If you do not know one, sign it out.">
      {isPending && <SkeletonRows count={2} label="Devices are loading…" />}
      {isError && (
        <EmptyState title="Devices could not be loaded" action={<Button onClick={() => void refetch()}>Try again</Button>} />
      )}
      {data && (
        <ul className="overflow-hidden rounded-lg border border-line">
          {data.map((session) => (
            <DeviceRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      <Button className="mt-5" onClick={signOut}>
        <LogOut className="size-4" />
        Sign out of this device
      </Button>
    </SettingsSection>
  );
}

function DeviceRow({ session }: { session: DeviceSession }) {
  const client = useQueryClient();
  const clock = useClock();
  const [busy, setBusy] = useState(false);
  const isPhone = /phone|android|mobile/i.test(session.device);
  const revoke = async () => {
    setBusy(true);
    try {
      await api.delete(`/api/me/sessions/${session.id}`);
      client.setQueryData<DeviceSession[]>(keys.sessions, (list) => list?.filter(({ id }) => id !== session.id));
    } catch (error) {
      setBusy(false);
      toast((error as Error).message, { kind: 'failed' });
    }
  };
  return (
    <li className="flex min-h-16 items-center gap-3 border-line px-4 py-2.5 not-first:border-t">
      <span className="text-muted">{isPhone ? <Smartphone /> : <Monitor />}</span>
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{session.device}</span>
          {session.current && <Badge accent>This device</Badge>}
        </span>
        <span className="block truncate text-muted text-sm">
          {session.address && `${session.address} · `}
          {session.current ? 'Active now' : phrase`Last active ${clock.short(session.lastSeenAt)}`}
        </span>
      </span>
      {!session.current && (
        <Button size="small" busy={busy} aria-label={phrase`Sign out ${session.device}`} onClick={revoke}>
          Sign out
        </Button>
      )}
    </li>
  );
}
