'use client';

import { useEffect } from 'react';
import { Lightbox } from '@/components/attachments/lightbox';
import { closeLightbox } from '@/components/attachments/lightbox-state';
import { addFiles } from '@/components/attachments/uploads';
import { Composer } from '@/components/messages/composer';
import { DropZone } from '@/components/messages/drop-zone';
import { Timeline } from '@/components/messages/timeline';
import { useOpenConversation } from '@/components/realtime/open';
import { useWatchPresence } from '@/components/realtime/presence';
import { useMessages, useRoster } from '@/components/realtime/queries';
import { TypingLine } from '@/components/typing/typing-line';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { Problem } from '@/components/ui/problem';
import { toast } from '@/components/ui/toast';
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
        <ErrorBoundary
          fallback={(retry) => <Problem title="The messages could not be shown" text={stillThere} onRetry={retry} />}
        >
          <Timeline conversation={conversation} focusId={focusMessageId} />
        </ErrorBoundary>
        <div className="shrink-0 safe-bottom">
          <ErrorBoundary
            fallback={(retry) => <Problem title="The field to write in could not be shown" text={stillThere} onRetry={retry} />}
          >
            <Composer conversation={conversation} />
            <TypingLine conversationId={id} />
          </ErrorBoundary>
        </div>
      </Whole>
      <ErrorBoundary of={window} fallback={() => <PictureProblem />}>
        <Lightbox messages={window?.messages ?? none} />
      </ErrorBoundary>
    </DropZone>
  );
}

function PictureProblem() {
  useEffect(() => {
    closeLightbox();
    toast('The picture could not be shown. It can still be downloaded.', { kind: 'failed' });
  }, []);
  return null;
}

const none: Message[] = [];
const stillThere = 'Nothing you wrote is lost, and your other conversations are in the list.';
