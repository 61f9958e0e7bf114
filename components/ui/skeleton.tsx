import { clsx } from 'clsx';

/** A placeholder in the shape of the content. Appears after 150 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx('skeleton block', className)} />;
}

/** Placeholders for rows of people or conversations. */
export function SkeletonRows({ count, label }: { count: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col">
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className="flex h-12 items-center gap-3 px-2">
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className={row % 2 ? 'h-3 w-28' : 'h-3 w-40'} />
        </div>
      ))}
    </div>
  );
}
