'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Hash, Lock, LogOut, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { useProblems } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { dispatch } from '@/client/state/cache';
import { EditGroupDialog } from '@/components/conversations/edit-group-dialog';
import { MemberSettingsFields } from '@/components/conversations/member-settings';
import { leaveTo } from '@/components/conversations/navigate';
import { Shared } from '@/components/conversations/shared';
import { MemberList } from '@/components/participants/member-list';
import { useMemberActions } from '@/components/participants/members';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { Face } from '@/components/ui/face';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';

export function GroupDetails({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const [editing, setEditing] = useState(false);
  const { id, name, image, description, visibility } = conversation;
  const icon = visibility === 'public' ? <Hash className="size-1/2" /> : <Lock className="size-2/5" />;
  return (
    <>
      <section className="flex flex-col items-center px-6 pt-6 pb-5 text-center">
        <Face id={id} name={name ?? ''} image={image} size={72} square neutral icon={icon} />
        <h3 dir="auto" className="mt-3 break-words font-semibold text-lg">
          {name}
        </h3>
        <span className="mt-1">
          <Badge>{visibility === 'public' ? t('publicGroup') : t('privateGroup')}</Badge>
        </span>
        {description && (
          <p dir="auto" className="mt-3 whitespace-pre-wrap break-words text-muted">
            {description}
          </p>
        )}
        {conversation.me?.may.edit && (
          <Button size="small" className="mt-4" onClick={() => setEditing(true)}>
            <Pencil className="size-3.5" />
            {t('editGroup')}
          </Button>
        )}
      </section>
      <MemberSettingsFields conversation={conversation} />
      <div className="border-line border-t">
        <MemberList conversation={conversation} />
      </div>
      <Shared conversation={conversation} />
      <Endings conversation={conversation} />
      {editing && <EditGroupDialog conversation={conversation} onClose={() => setEditing(false)} />}
    </>
  );
}

/** Leaving and deleting, for people who may. Each asks for confirmation. */
function Endings({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const problems = useProblems();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'leave' | 'delete' | null>(null);
  const [busy, setBusy] = useState(false);
  const actions = useMemberActions(conversation.id);

  const leave = async () => {
    setBusy(true);
    if (await actions.leave()) leaveTo('/');
    else setBusy(false);
  };
  const remove = async () => {
    setBusy(true);
    try {
      await api.delete(`/api/conversations/${conversation.id}`);
      dispatch(client, { name: 'conversation.removed', payload: { conversationId: conversation.id, reason: 'deleted' } });
      leaveTo('/');
    } catch (error) {
      setBusy(false);
      toast(problems.say(error), { kind: 'failed' });
    }
  };

  return (
    <section aria-label={t('leaveOrDelete')} className="flex flex-col items-stretch border-line border-t px-2 py-3">
      {conversation.me?.may.leave && (
        <Button look="quiet" className="justify-start! px-2!" onClick={() => setAsking('leave')}>
          <LogOut className="rtl:-scale-x-100" />
          {t('leaveGroup')}
        </Button>
      )}
      {conversation.me?.may.delete && (
        <Button
          look="quiet"
          className="justify-start! px-2! text-danger! not-disabled:hover:bg-danger-soft!"
          onClick={() => setAsking('delete')}
        >
          <Trash2 />
          {t('deleteGroup')}
        </Button>
      )}
      <ConfirmDialog
        open={asking === 'leave'}
        onOpenChange={() => setAsking(null)}
        title={t('leaveNamed', { group: conversation.name ?? '' })}
        description={conversation.visibility === 'public' ? t('leavePublic') : t('leavePrivate')}
        confirm={t('leaveGroup')}
        busy={busy}
        onConfirm={() => void leave()}
      />
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={() => setAsking(null)}
        title={t('deleteNamed', { group: conversation.name ?? '' })}
        description={t('deleteText')}
        confirm={t('deleteGroup')}
        dangerous
        busy={busy}
        onConfirm={() => void remove()}
      />
    </section>
  );
}
