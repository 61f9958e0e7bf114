'use client';

import { setWriting, writingOf } from '@/client/drafts/drafts';
import { sayRefusal } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { discard, type Outgoing, retry } from '@/client/outbox/outbox';
import { restoreUploads } from '@/components/attachments/uploads';
import { focusComposer } from '@/components/messages/composer-focus';

/** A message that could not be sent, with the possible actions. */
export function OutgoingProblem({ outgoing }: { outgoing: Outgoing }) {
  const t = useTranslations('messages');
  const say = useSayProblem();
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
      <span>{say(problem)}</span>
      <span className="flex gap-1">
        <Choice name={t('retry')} onClick={() => retry(clientMessageId)} />
        <Choice name={t('edit')} onClick={edit} />
        <Choice name={t('discard')} onClick={() => discard(clientMessageId)} />
      </span>
    </div>
  );
}

function useSayProblem(): (problem: Outgoing['problem']) => string {
  const t = useTranslations('messages');
  const errors = useTranslations('errors');
  return (problem) => {
    if (problem === 'expired') return t('notSentExpired');
    if (problem === 'gone') return t('notSentGone');
    // Older versions stored sentences.
    return typeof problem === 'object' ? sayRefusal(problem, errors) : t('notSent');
  };
}

function Choice({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="h-8 rounded-md px-2 font-medium text-text hover:bg-hover touch:h-11">
      {name}
    </button>
  );
}
