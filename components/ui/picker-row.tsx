import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

interface Props extends ComponentProps<'div'> {
  face: ReactNode;
  name: ReactNode;
  /** beside the name */
  note?: ReactNode;
  /** under the name */
  detail?: ReactNode;
  aside?: ReactNode;
}

/** A row of a list with useListCursor. */
export function PickerRow({ face, name, note, detail, aside, className, ...rest }: Props) {
  return (
    <div
      className={clsx(
        'flex min-h-11 cursor-pointer select-none items-center gap-3 rounded-md px-2 py-1 aria-selected:bg-hover',
        className,
      )}
      {...rest}
    >
      {face}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="truncate font-medium">
            {name}
          </span>
          {note && <span className="shrink-0 truncate text-muted text-sm">{note}</span>}
        </span>
        {detail && <span className="block truncate text-muted text-sm">{detail}</span>}
      </span>
      {aside}
    </div>
  );
}
