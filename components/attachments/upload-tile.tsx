import { CircleAlert, RotateCw, X } from 'lucide-react';
import { sayRefusal } from '@/client/intl/problems';
import { useTranslations } from '@/client/intl/translations';
import { FileIcon } from '@/components/attachments/file-card';
import { useSize } from '@/components/attachments/size';
import type { UploadProblem } from '@/components/attachments/uploads';
import { removeUpload, retryUpload, type Upload } from '@/components/attachments/uploads';
import { limits } from '@/lib/platform/limits/schema';

/** A file above the text, with its progress and a button that removes it. */
export function UploadTile({ upload }: { upload: Upload }) {
  const t = useTranslations('attachments');
  const size = useSize();
  const say = useSayProblem();
  const { file, attachment, state, problem, previewUrl } = upload;
  const failed = state === 'failed' || state === 'refused';
  return (
    <li
      data-state={state}
      className="relative flex h-14 w-60 items-center gap-2.5 rounded-lg border border-line bg-bg py-1 ps-2 pe-1 data-[state=failed]:border-danger data-[state=refused]:border-danger"
    >
      <span className="relative flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-md bg-hover text-muted">
        {previewUrl ? (
          // biome-ignore lint/performance/noImgElement: a local preview
          <img src={previewUrl} alt="" className="size-10 object-cover" />
        ) : (
          <FileIcon mimeType={file.type} />
        )}
        {(state === 'uploading' || state === 'waiting') && <ProgressRing name={file.name} progress={upload.progress} />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm">{attachment?.name ?? file.name}</span>
        <span className={failed ? 'flex items-center gap-1 text-danger text-xs' : 'block text-faint text-xs'}>
          {failed && <CircleAlert className="size-3.5!" />}
          <span className="truncate">{failed ? say(problem) : <bdi>{size(attachment?.size ?? file.size)}</bdi>}</span>
        </span>
      </span>
      {state === 'failed' && (
        <button
          type="button"
          aria-label={t('tryAgain', { file: file.name })}
          className={buttonClass}
          onClick={() => retryUpload(upload.key)}
        >
          <RotateCw className="size-4!" />
        </button>
      )}
      <button
        type="button"
        aria-label={t('remove', { file: file.name })}
        className={buttonClass}
        onClick={() => removeUpload(upload.key)}
      >
        <X className="size-4!" />
      </button>
    </li>
  );
}

/** The reason why an upload failed. */
function useSayProblem(): (problem: UploadProblem | undefined) => string {
  const t = useTranslations('attachments');
  const errors = useTranslations('errors');
  const size = useSize();
  return (problem) => {
    if (problem === 'empty') return errors('reasons.FILE_EMPTY');
    if (problem === 'tooLarge') return t('largerThan', { size: size(limits().upload) });
    if (problem === 'tooMany') return t('tooMany', { most: limits().attachments });
    if (problem === 'unreadable' || problem === undefined) return t('unreadable');
    if (problem.code === 'PAYLOAD_TOO_LARGE') return t('largerThan', { size: size(limits().upload) });
    return sayRefusal(problem, errors);
  };
}

const buttonClass =
  'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text touch:size-11';

function ProgressRing({ name, progress }: { name: string; progress: number }) {
  const t = useTranslations('attachments');
  const around = 2 * Math.PI * 9;
  return (
    <span
      role="progressbar"
      aria-label={t('uploading', { file: name })}
      aria-valuenow={Math.round(progress * 100)}
      className="absolute inset-0 flex items-center justify-center bg-scrim"
    >
      <svg viewBox="0 0 24 24" aria-hidden className="-rotate-90 size-6 fill-none stroke-on-accent" strokeWidth="3">
        <circle cx="12" cy="12" r="9" className="opacity-30" />
        <circle
          cx="12"
          cy="12"
          r="9"
          strokeLinecap="round"
          strokeDasharray={around}
          strokeDashoffset={around * (1 - progress)}
        />
      </svg>
    </span>
  );
}
