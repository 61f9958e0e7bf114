import { clsx } from 'clsx';

/** Keys, space-separated: 'Ctrl K'. */
export function Kbd({ children, onDark = false }: { children: string; onDark?: boolean }) {
  return (
    <span dir="ltr" className="flex gap-1">
      {children.split(' ').map((key) => (
        <kbd
          key={key}
          className={clsx(
            'flex h-4.5 min-w-4.5 items-center justify-center rounded-sm px-1 font-medium font-sans text-xs',
            onDark ? 'bg-bg/20' : 'border border-line bg-surface text-muted',
          )}
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
