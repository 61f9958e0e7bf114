import { clsx } from 'clsx';
import {
  Download,
  FileArchive,
  FileAudio,
  FileCode,
  File as FileGlyph,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
} from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import { useSize } from '@/components/attachments/size';
import type { Attachment } from '@/lib/domain/attachments/schema';

interface Props {
  attachment: Attachment;
  /** without a border, as part of an element that has one */
  bare?: boolean;
}

/** A file as a card with its type and size, which downloads it. */
export function FileCard({ attachment, bare = false }: Props) {
  const t = useTranslations('attachments');
  const size = useSize();
  return (
    <a
      href={attachment.url}
      download={attachment.name}
      aria-label={t('downloadNamed', { file: attachment.name, size: size(attachment.size) })}
      suppressHydrationWarning
      className={clsx(
        'group/file flex h-14 max-w-full items-center gap-3 bg-bg px-2 transition-colors focus-visible:-outline-offset-2',
        bare ? 'w-full hover:bg-hover' : 'w-80 rounded-lg border border-line hover:border-line-strong',
      )}
    >
      <span className="flex size-10 shrink-0 items-center justify-center rounded-md bg-hover text-muted">
        <FileIcon mimeType={attachment.mimeType} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-base">
          <bdi>{attachment.name}</bdi>
        </span>
        <span className="block text-faint text-xs tabular-nums">
          <bdi suppressHydrationWarning>{size(attachment.size)}</bdi>
        </span>
      </span>
      <Download className="me-1 text-faint group-hover/file:text-text" aria-hidden />
    </a>
  );
}

export function FileIcon({ mimeType }: { mimeType: string }) {
  const Glyph = glyphs.find(([pattern]) => pattern.test(mimeType))?.[1] ?? FileGlyph;
  return <Glyph aria-hidden />;
}

const glyphs = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/zip|compressed|x-tar|gzip|x-7z|rar/, FileArchive],
  [/spreadsheet|excel|csv/, FileSpreadsheet],
  [/json|javascript|typescript|xml|html|x-sh|x-python/, FileCode],
  [/^text\/|pdf|word|document/, FileText],
] as const;
