import { useTranslations } from '@/client/intl/translations';
import type { Row } from '@/components/messages/rows';
import type { Message } from '@/lib/domain/messages/schema';

interface Props {
  content: string;
  onRetry: () => void;
}

/** A text as typed, because rendering it failed. */
export function UndrawnText({ content, onRetry }: Props) {
  const t = useTranslations('messages');
  const ui = useTranslations('ui');
  return (
    <>
      {content !== '' && (
        <p dir="auto" data-testid="message-text" className="message-text whitespace-pre-wrap text-md">
          {content}
        </p>
      )}
      <p role="note" className="text-faint text-sm">
        {content === '' ? t('notShown') : t('notInFull')}{' '}
        <button type="button" onClick={onRetry} className="rounded-sm font-medium text-accent-text hover:underline">
          {ui('tryAgain')}
        </button>
      </p>
    </>
  );
}

/** A row that failed: its author and its text, without any part that could fail again. */
export function UndrawnRow({ row, onRetry }: { row: Row; onRetry: () => void }) {
  const { id, sender, content }: Message = row.message;
  return (
    <article tabIndex={-1} data-message-id={id} data-row={row.key} data-seq={row.message.seq} className="px-5 py-2 max-sm:px-4">
      <div className="max-w-[72ch] ps-12">
        <bdi className="font-semibold text-md">{sender.name}</bdi>
        <UndrawnText content={content} onRetry={onRetry} />
      </div>
    </article>
  );
}
