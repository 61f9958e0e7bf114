import type { ReactNode } from 'react';

interface Props {
  icon?: ReactNode;
  title: string;
  /** the title is the heading of the page */
  isHeading?: boolean;
  /** One line that explains the purpose. */
  text?: ReactNode;
  /** One button. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, isHeading = false, text, action }: Props) {
  const Title = isHeading ? 'h1' : 'p';
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      {icon && <span className="mb-2 flex size-10 items-center justify-center rounded-full bg-hover text-muted">{icon}</span>}
      <Title className="font-semibold">{title}</Title>
      {text && <p className="max-w-80 text-balance text-muted text-sm">{text}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
