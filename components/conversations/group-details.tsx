'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Hash, Lock, LogOut, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/client/api/api';
import { dispatch } from '@/client/state/cache';
import { EditGroupDialog } from '@/components/conversations/edit-group-dialog';
import { leaveTo } from '@/components/conversations/navigate';
import { NotifyChoice } from '@/components/conversations/notify-choice';
import { MemberList } from '@/components/participants/member-list';
import { useMemberActions } from '@/components/participants/members';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { Face } from '@/components/ui/face';
import { toast } from '@/components/ui/toast';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { phrase } from '@/lib/platform/text/phrase';

export function GroupDetails({ conversation }: { conversation: Conversation }) {
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
          <Badge>{visibility === 'public' ? 'Public group' : 'Private group'}</Badge>
        </span>
        {description && (
          <p dir="auto" className="mt-3 whitespace-pre-wrap break-words text-muted">
            {description}
          </p>
        )}
        {conversation.me?.may.edit && (
          <Button size="small" className="mt-4" onClick={() => setEditing(true)}>
            <Pencil className="size-3.5" />
            Edit group
          </Button>
        )}
      </section>
      <NotifyChoice conversation={conversation} />
      <div className="border-line border-t">
        <MemberList conversation={conversation} />
      </div>
      <Endings conversation={conversation} />
      {editing && <EditGroupDialog conversation={conversation} onClose={() => setEditing(false)} />}
    </>
  );
}

/** Leaving and deleting, for those who may; each asks first. */
function Endings({ conversation }: { conversation: Conversation }) {
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
      toast((error as Error).message, { kind: 'failed' });
    }
  };

  return (
    <section aria-label="Leave or delete" className="flex flex-col items-stretch border-line border-t px-2 py-3">
      {conversation.me?.may.leave && (
        <Button look="quiet" className="justify-start! px-2!" onClick={() => setAsking('leave')}>
          <LogOut />
          Leave group
        </Button>
      )}
      {conversation.me?.may.delete && (
        <Button
          look="quiet"
          className="justify-start! px-2! text-danger! not-disabled:hover:bg-danger-soft!"
          onClick={() => setAsking('delete')}
        >
          <Trash2 />
          Delete group
        </Button>
      )}
      <ConfirmDialog
        open={asking === 'leave'}
        onOpenChange={() => setAsking(null)}
        title={phrase`Leave ${conversation.name}?`}
        description={
          conversation.visibility === 'public'
            ? 'You will not see it any more. You can join again whenever you like.'
            : 'You will not see it any more, and only its members can bring you back.'
        }
        confirm="Leave group"
        busy={busy}
        onConfirm={() => void leave()}
      />
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={() => setAsking(null)}
        title={phrase`Delete ${conversation.name}?`}
        description="Everything that was said and shared in it goes away, for everybody."
        confirm="Delete group"
        dangerous
        busy={busy}
        onConfirm={() => void remove()}
      />
    </section>
  );
}
