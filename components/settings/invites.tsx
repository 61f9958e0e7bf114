'use client';
import { Check, Copy, Link } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { copyText } from '@/client/browser/copy';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { SettingsSection } from '@/components/settings/settings-section';
import { useClock } from '@/components/shell/clock';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { Invite } from '@/lib/domain/invites/schema';

export function Invites() {
  const t = useTranslations('settings');
  return (
    <SettingsSection title={t('invites')} text={t('invitesText')}>
      <div className="max-w-110">
        <InviteMaker />
      </div>
    </SettingsSection>
  );
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('settings');
  return (
    <Dialog open onOpenChange={onClose} title={t('inviteSomebody')} description={t('invitesText')}>
      <InviteMaker />
    </Dialog>
  );
}

/** Creates one link at a time. Each is shown only once, because the server keeps only its hash. */
function InviteMaker() {
  const t = useTranslations('settings');
  const problems = useProblems();
  const clock = useClock();
  const [invite, setInvite] = useState<Invite>();
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      setInvite((await api.post<{ invite: Invite }>('/api/invites')).invite);
    } catch (error) {
      toast(problems.say(error), { kind: 'failed' });
    }
    setBusy(false);
  };
  if (!invite)
    return (
      <Button look="primary" busy={busy} onClick={make}>
        <Link className="size-4" />
        {t('createInvite')}
      </Button>
    );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        <Input
          aria-label={t('inviteLink')}
          dir="ltr"
          readOnly
          value={invite.url}
          onFocus={(event) => event.target.select()}
          className="font-mono text-sm"
        />
        <CopyButton text={invite.url} />
      </div>
      <p className="text-muted text-sm">{t('inviteStands', { date: clock.full(invite.expiresAt) })}</p>
      <div>
        <Button size="small" busy={busy} onClick={make}>
          {t('anotherOne')}
        </Button>
      </div>
    </div>
  );
}

function CopyButton({ text: copied }: { text: string }) {
  const t = useTranslations('ui');
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await copyText(copied);
      setDone(true);
      setTimeout(() => setDone(false), 2_000);
    } catch {
      toast(t('copyRefused'), { kind: 'failed' });
    }
  };
  return (
    <Button look="primary" onClick={copy}>
      {done ? <Check className="size-4" /> : <Copy className="size-4" />}
      {done ? t('copied') : t('copy')}
    </Button>
  );
}
