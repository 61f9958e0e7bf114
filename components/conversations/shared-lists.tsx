'use client';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { FileIcon } from '@/components/attachments/file-card';
import { useSize } from '@/components/attachments/size';
import { openConversation } from '@/components/conversations/navigate';
import { useShared } from '@/components/conversations/use-shared';
import { useClock } from '@/components/shell/clock';
import { Button } from '@/components/ui/button';
import { iconButtonClass } from '@/components/ui/icon-button';
import { Problem } from '@/components/ui/problem';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Message } from '@/lib/domain/messages/schema';

interface Props {
  conversationId: string;
}

/** Each leads to its message. */
export function SharedPictures({ conversationId }: Props) {
  const shared = useShared(conversationId, 'files?kind=image');
  const t = useTranslations('shared');
  const clock = useClock();
  const pictures = shared.pages.flatMap(({ files = [] }) => files);
  return (
    <SharedState shared={shared} isEmpty={pictures.length === 0} empty={t('noPictures')}>
      <ul className="grid grid-cols-3 gap-1">
        {pictures.map(({ attachment, message }) => (
          <li key={attachment.id} className="aspect-square">
            <button
              type="button"
              aria-label={t('showNamed', { name: attachment.name })}
              title={`${message.sender.name} · ${clock.full(message.createdAt)}`}
              onClick={() => openConversation(conversationId, message.id)}
              className="size-full overflow-hidden rounded-sm bg-hover"
            >
              {/* biome-ignore lint/performance/noImgElement: uploads are served to their readers alone */}
              <img
                src={attachment.thumbnailUrl ?? attachment.url}
                alt=""
                loading="lazy"
                decoding="async"
                className="size-full object-cover"
              />
            </button>
          </li>
        ))}
      </ul>
    </SharedState>
  );
}

/** Everything but pictures. The server tells kinds apart, but not all from one: pictures are left out here. */
export function SharedFiles({ conversationId }: Props) {
  const shared = useShared(conversationId, 'files');
  const t = useTranslations('shared');
  const size = useSize();
  const files = shared.pages
    .flatMap((page) => page.files ?? [])
    .filter(({ attachment }) => !attachment.mimeType.startsWith('image/'));
  return (
    <SharedState shared={shared} isEmpty={files.length === 0} empty={t('noFiles')}>
      <ul>
        {files.map(({ attachment, message }) => (
          <li key={attachment.id}>
            <Row message={message} icon={<FileIcon mimeType={attachment.mimeType} />} name={attachment.name}>
              <bdi>{size(attachment.size)}</bdi>
            </Row>
          </li>
        ))}
      </ul>
    </SharedState>
  );
}

export function SharedLinks({ conversationId }: Props) {
  const shared = useShared(conversationId, 'links');
  const t = useTranslations('shared');
  const links = shared.pages.flatMap((page) => page.links ?? []);
  return (
    <SharedState shared={shared} isEmpty={links.length === 0} empty={t('noLinks')}>
      <ul>
        {links.map(({ url, message }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one message may have the same address twice
          <li key={`${message.id} ${at}`} className="flex items-center gap-1">
            <Row message={message} name={url.replace(/^https?:\/\/(?:www\.)?/, '')}>
              <bdi>{message.sender.name}</bdi>
            </Row>
            <a
              href={url}
              target="_blank"
              rel="noreferrer noopener"
              aria-label={t('openNamed', { name: url })}
              className={iconButtonClass}
            >
              <ExternalLink className="size-4! rtl:-scale-x-100" />
            </a>
          </li>
        ))}
      </ul>
    </SharedState>
  );
}

/** One thing with a line of what else is known of it; leads to its message. */
function Row({ message, icon, name, children }: { message: Message; icon?: ReactNode; name: string; children: ReactNode }) {
  const clock = useClock();
  return (
    <button
      type="button"
      onClick={() => openConversation(message.conversationId, message.id)}
      className="flex min-h-12 w-full min-w-0 items-center gap-3 rounded-md px-1 text-start transition-colors hover:bg-hover"
    >
      {icon && <span className="flex size-9 shrink-0 items-center justify-center rounded-md bg-hover text-muted">{icon}</span>}
      <span className="min-w-0 flex-1">
        <bdi className="block truncate">{name}</bdi>
        <span className="block truncate text-muted text-xs tabular-nums">
          {children} · <bdi>{clock.short(message.createdAt)}</bdi>
        </span>
      </span>
    </button>
  );
}

interface StateProps {
  shared: ReturnType<typeof useShared>;
  isEmpty: boolean;
  empty: string;
  children: ReactNode;
}

/** A list in all of its states. */
export function SharedState({ shared, isEmpty, empty, children }: StateProps) {
  const t = useTranslations('shared');
  if (shared.isPending) return <SkeletonRows count={3} label={t('loading')} />;
  if (shared.isError) return <Problem title={t('notLoaded')} onRetry={shared.retry} />;
  return (
    <>
      {isEmpty && !shared.more ? <p className="px-1 py-2 text-muted text-sm">{empty}</p> : children}
      {shared.more && (
        <Button size="small" className="mt-2" onClick={shared.more}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
