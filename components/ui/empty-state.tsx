import type { ReactNode } from 'react';

interface Props {
  icon?: ReactNode;
  title: string;
  /** One line of what this is for. */
  text?: ReactNode;
  /** One button. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, text, action }: Props) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      {icon && <span className="mb-2 flex size-10 items-center justify-center rounded-full bg-hover text-muted">{icon}</span>}
      <p className="font-semibold">{title}</p>
      {text && <p className="max-w-80 text-balance text-muted text-sm">{text}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
