import { useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useTranslations } from '@/client/intl/translations';
import { requestMessageAgain } from '@/client/state/request-again';
import { Attachments } from '@/components/attachments/attachments';
import { Markdown } from '@/components/messages/markdown';
import { Reactions } from '@/components/messages/reactions';
import { UndrawnText } from '@/components/messages/undrawn';
import { useClock } from '@/components/shell/clock';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import type { Message } from '@/lib/domain/messages/schema';

/** The text and attachments of a message. */
export function MessageBody({ message, faded }: { message: Message; faded: boolean }) {
  const t = useTranslations('messages');
  const client = useQueryClient();
  if (message.deletedAt) return <p className="text-faint text-md italic">{t('deleted')}</p>;
  return (
    <div className={clsx('max-w-[72ch] overflow-clip [overflow-clip-margin:6px] text-md', faded && 'text-muted')}>
      <ErrorBoundary
        of={message}
        request={() => requestMessageAgain(client, message)}
        fallback={(retry) => <UndrawnText content={message.content} onRetry={retry} />}
      >
        <div className={clsx(message.editedAt && 'message-edited')}>
          {message.content !== '' && <Markdown content={message.content} />}
          {message.editedAt && <EditedMark at={message.editedAt} />}
        </div>
        <Attachments attachments={message.attachments} />
        <Reactions message={message} />
      </ErrorBoundary>
    </div>
  );
}

function EditedMark({ at }: { at: string }) {
  const t = useTranslations('messages');
  const clock = useClock();
  return (
    <span title={clock.full(at)} suppressHydrationWarning className="ms-1 text-faint text-xs">
      {t('edited')}
    </span>
  );
}
