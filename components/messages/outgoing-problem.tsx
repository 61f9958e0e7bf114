'use client';

import { setWriting, writingOf } from '@/client/drafts/drafts';
import { discard, type Outgoing, retry } from '@/client/outbox/outbox';
import { restoreUploads } from '@/components/attachments/uploads';
import { focusComposer } from '@/components/messages/composer-focus';

/** A message that could not be delivered, and what can be done about it. */
export function OutgoingProblem({ outgoing }: { outgoing: Outgoing }) {
  const { clientMessageId, conversationId, problem } = outgoing;
  const edit = () => {
    const taken = discard(clientMessageId);
    if (!taken) return;
    const written = writingOf(conversationId).text;
    setWriting(conversationId, { text: written ? `${taken.content}\n${written}` : taken.content, replyTo: taken.replyTo });
    restoreUploads(conversationId, taken.attachments);
    focusComposer();
  };
  return (
    <div role="alert" className="mt-0.5 flex flex-wrap items-center gap-x-3 text-danger text-sm">
      <span>{problem ?? 'It was not sent.'}</span>
      <span className="flex gap-1">
        <Choice name="Retry" onClick={() => retry(clientMessageId)} />
        <Choice name="Edit" onClick={edit} />
        <Choice name="Discard" onClick={() => discard(clientMessageId)} />
      </span>
    </div>
  );
}

function Choice({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="h-8 rounded-md px-2 font-medium text-text hover:bg-hover touch:h-11">
      {name}
    </button>
  );
}
