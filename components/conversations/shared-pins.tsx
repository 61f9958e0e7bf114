'use client';
import { PinOff } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { openConversation } from '@/components/conversations/navigate';
import { SharedState } from '@/components/conversations/shared-lists';
import { useShared } from '@/components/conversations/use-shared';
import { usePin } from '@/components/messages/actions';
import { summaryOfMessage } from '@/components/messages/summary';
import { useFrame } from '@/components/shell/frame';
import { ShortTime } from '@/components/shell/short-time';
import { IconButton } from '@/components/ui/icon-button';
import { Avatar } from '@/components/users/avatar';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';

/** The pinned messages. The list follows the conversation: each change of its pins has a version. */
export function SharedPins({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('shared');
  const shared = useShared(conversation.id, 'pins', conversation.pins?.version);
  const messages = shared.pages.flatMap((page) => page.pins ?? []).map(({ message }) => message);
  return (
    <SharedState shared={shared} isEmpty={messages.length === 0} empty={t('noPins')}>
      <ul>
        {messages.map((message) => (
          <li key={message.id} className="flex items-start gap-1">
            <PinnedRow message={message} />
            {conversation.me?.may.pin && <Unpin message={message} />}
          </li>
        ))}
      </ul>
    </SharedState>
  );
}

function PinnedRow({ message }: { message: Message }) {
  const t = useTranslations('messages');
  const closeSheet = useFrame((frame) => frame.closeSheet);
  const open = () => {
    closeSheet();
    openConversation(message.conversationId, message.id);
  };
  return (
    <button
      type="button"
      onClick={open}
      className="flex min-h-12 min-w-0 flex-1 gap-2.5 rounded-md px-1 py-2 text-start transition-colors hover:bg-hover"
    >
      <Avatar user={message.sender} size={24} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="truncate font-medium">{message.sender.name}</bdi>
          <ShortTime at={message.createdAt} />
        </span>
        <span dir="auto" className="line-clamp-2 break-words text-muted text-sm">
          {summaryOfMessage(message, t)}
        </span>
      </span>
    </button>
  );
}

function Unpin({ message }: { message: Message }) {
  const t = useTranslations('pins');
  const unpin = usePin(message);
  return (
    <IconButton name={t('unpin')} className="mt-1" onClick={() => void unpin()}>
      <PinOff className="size-4!" />
    </IconButton>
  );
}
