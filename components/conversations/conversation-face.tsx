'use client';
import { Hash, Lock, NotebookPen } from 'lucide-react';
import { useMe } from '@/client/state/queries';
import { isNotes, otherOf } from '@/components/conversations/title';
import { Face, type FaceSize } from '@/components/ui/face';
import { Avatar } from '@/components/users/avatar';
import type { Conversation } from '@/lib/domain/conversations/schema';

interface Props {
  conversation: Conversation;
  size?: FaceSize;
  ring?: string;
}

/** The other person's picture with a status dot, the group's picture, or an icon of its visibility. */
export function ConversationFace({ conversation, size = 32, ring }: Props) {
  const me = useMe();
  const other = otherOf(conversation, me.id);
  if (isNotes(conversation)) return <Sign size={size} icon={<NotebookPen className="size-1/2" />} />;
  if (other) return <Avatar user={other} status={other.status} size={size} ring={ring} />;
  const { id, name, image, visibility } = conversation;
  if (image) return <Face id={id} name={name ?? ''} image={image} size={size} square />;
  return <Sign size={size} icon={visibility === 'public' ? <Hash className="size-1/2" /> : <Lock className="size-1/2" />} />;
}

function Sign({ size, icon }: { size: FaceSize; icon: React.ReactNode }) {
  return <Face id="" name="" image={null} size={size} square icon={icon} neutral />;
}
