import { CircleAlert, RotateCw, X } from 'lucide-react';
import { FileIcon } from '@/components/attachments/file-card';
import { formatSize, removeUpload, retryUpload, type Upload } from '@/components/attachments/uploads';

/** A file above the text: how far it is, and a way to take it back. */
export function UploadTile({ upload }: { upload: Upload }) {
  const { file, attachment, state, problem, previewUrl } = upload;
  const failed = state === 'failed' || state === 'refused';
  const size = attachment?.size ?? file.size;
  return (
    <li
      data-state={state}
      className="relative flex h-14 w-60 items-center gap-2.5 rounded-lg border border-line bg-bg py-1 pr-1 pl-2 data-[state=failed]:border-danger data-[state=refused]:border-danger"
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
          <span className="truncate">{failed ? problem : formatSize(size)}</span>
        </span>
      </span>
      {state === 'failed' && (
        <button
          type="button"
          aria-label={`Try ${file.name} again`}
          className={buttonClass}
          onClick={() => retryUpload(upload.key)}
        >
          <RotateCw className="size-4!" />
        </button>
      )}
      <button type="button" aria-label={`Remove ${file.name}`} className={buttonClass} onClick={() => removeUpload(upload.key)}>
        <X className="size-4!" />
      </button>
    </li>
  );
}

const buttonClass =
  'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text touch:size-11';

function ProgressRing({ name, progress }: { name: string; progress: number }) {
  const around = 2 * Math.PI * 9;
  return (
    <span
      role="progressbar"
      aria-label={`Uploading ${name}`}
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
