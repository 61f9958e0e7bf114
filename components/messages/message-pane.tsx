'use client';

import { Lightbox } from '@/components/attachments/lightbox';
import { addFiles } from '@/components/attachments/uploads';
import { Composer } from '@/components/messages/composer';
import { DropZone } from '@/components/messages/drop-zone';
import { Timeline } from '@/components/messages/timeline';
import { useOpenConversation } from '@/components/realtime/open';
import { useWatchPresence } from '@/components/realtime/presence';
import { useMessages, useRoster } from '@/components/realtime/queries';
import { TypingLine } from '@/components/typing/typing-line';
import { Whole } from '@/components/ui/whole';
import type { Conversation } from '@/lib/conversations/schema';
import type { Message } from '@/lib/messages/schema';

interface Props {
  conversation: Conversation;
  /** of a permalink */
  focusMessageId: string | null;
}

/** A conversation of one's own: its history, who types, and where one writes. */
export function MessagePane({ conversation, focusMessageId }: Props) {
  return <Pane key={conversation.id} conversation={conversation} focusMessageId={focusMessageId} />;
}

/** presences watched of a group */
const watched = 40;

function Pane({ conversation, focusMessageId }: Props) {
  const { id } = conversation;
  useOpenConversation(id, Boolean(conversation.me));
  const { data: window } = useMessages(id);
  const roster = useRoster(id);
  useWatchPresence(roster.slice(0, watched).map(({ user }) => user.id));
  return (
    <DropZone onFiles={(files) => addFiles(id, files)}>
      <Whole className="flex min-h-0 flex-1 flex-col">
        <Timeline conversation={conversation} focusId={focusMessageId} />
        <div className="shrink-0 safe-bottom">
          <Composer conversation={conversation} />
          <TypingLine conversationId={id} />
        </div>
      </Whole>
      <Lightbox messages={window?.messages ?? none} />
    </DropZone>
  );
}

const none: Message[] = [];
