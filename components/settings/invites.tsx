'use client';
import { Check, Copy, Link } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { copyRefused, copyText } from '@/client/browser/copy';
import { SettingsSection } from '@/components/settings/settings-section';
import { useClock } from '@/components/shell/clock';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { Invite } from '@/lib/domain/invites/schema';

const text = 'A link lets one person create an account. Send it to them as you like.';

export function Invites() {
  return (
    <SettingsSection title="Invites" text={text}>
      <div className="max-w-110">
        <InviteMaker />
      </div>
    </SettingsSection>
  );
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Invite somebody" description={text}>
      <InviteMaker />
    </Dialog>
  );
}

/** Makes one link at a time; each is said once, for only its hash is kept. */
function InviteMaker() {
  const clock = useClock();
  const [invite, setInvite] = useState<Invite>();
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      setInvite((await api.post<{ invite: Invite }>('/api/invites')).invite);
    } catch (error) {
      toast((error as Error).message, { kind: 'failed' });
    }
    setBusy(false);
  };
  if (!invite)
    return (
      <Button look="primary" busy={busy} onClick={make}>
        <Link className="size-4" />
        Create an invite link
      </Button>
    );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        <Input
          aria-label="Invite link"
          readOnly
          value={invite.url}
          onFocus={(event) => event.target.select()}
          className="font-mono text-sm"
        />
        <CopyButton text={invite.url} />
      </div>
      <p className="text-muted text-sm">
        It works once, until {clock.full(invite.expiresAt)}. It is shown only now, so copy it.
      </p>
      <div>
        <Button size="small" busy={busy} onClick={make}>
          Another one
        </Button>
      </div>
    </div>
  );
}

function CopyButton({ text: copied }: { text: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await copyText(copied);
      setDone(true);
      setTimeout(() => setDone(false), 2_000);
    } catch {
      toast(copyRefused, { kind: 'failed' });
    }
  };
  return (
    <Button look="primary" onClick={copy}>
      {done ? <Check className="size-4" /> : <Copy className="size-4" />}
      {done ? 'Copied' : 'Copy'}
    </Button>
  );
}
