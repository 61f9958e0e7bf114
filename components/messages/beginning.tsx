import { ConversationFace } from '@/components/conversations/conversation-face';
import { isNotes, titleOf } from '@/components/conversations/title';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { phrase } from '@/lib/platform/text/phrase';

/** Above the first message: what this is for. */
export function Beginning({ conversation, me }: { conversation: Conversation; me: string }) {
  const title = titleOf(conversation, me);
  return (
    <div className="flex flex-col items-start px-5 pt-10 pb-4">
      <ConversationFace conversation={conversation} size={40} ring="ring-bg" />
      <p className="mt-3 font-semibold text-lg">
        <bdi>{title}</bdi>
      </p>
      <p dir="auto" className="max-w-[60ch] text-muted">
        {explain(conversation, title)}
      </p>
    </div>
  );
}

function explain(conversation: Conversation, title: string): string {
  if (isNotes(conversation)) return 'Only you can see this. Keep what you want to find again.';
  if (!conversationKinds[conversation.kind].named)
    return phrase`Here begins your conversation with ${title}. Only the two of you can see it.`;
  return conversation.description || phrase`Here begins ${title}. Say what it is for, or just say hello.`;
}
