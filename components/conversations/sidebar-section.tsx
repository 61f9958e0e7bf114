'use client';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useFrame } from '@/components/shell/frame';
import { CountPill } from '@/components/ui/badge';
import type { Conversation } from '@/lib/domain/conversations/schema';

interface Props {
  /** the key under which the frame stores whether it is folded */
  id: 'Direct' | 'Groups';
  name: string;
  conversations: Conversation[];
  actions: ReactNode;
  /** the label of the button in an empty section */
  empty: string;
  onEmpty: () => void;
  children: ReactNode;
}

/** A section that can be folded. The state is stored, and a folded section shows its unread count. */
export function SidebarSection({ id, name, conversations, actions, empty, onEmpty, children }: Props) {
  const t = useTranslations('conversations');
  const folded = useFrame((frame) => frame.folded.includes(id));
  const toggle = useFrame((frame) => frame.toggleSection);
  const unread = conversations.reduce((sum, { me }) => sum + (me?.unreadCount ?? 0), 0);
  const headingId = `section-${id.toLowerCase()}`;
  return (
    <section aria-labelledby={headingId}>
      <div className="group/heading flex h-8 items-center touch:h-11">
        <h2 id={headingId} className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={!folded}
            onClick={() => toggle(id)}
            className="flex h-8 items-center gap-1 rounded-md ps-1.5 pe-2 font-medium text-muted text-xs transition-colors hover:text-text touch:h-11"
          >
            <ChevronRight className={clsx('size-3.5 transition-transform', folded ? 'rtl:rotate-180' : 'rotate-90')} />
            {name}
            {folded && unread > 0 && <CountPill count={unread} label={t('unread', { count: unread })} />}
          </button>
        </h2>
        <div className="flex">{actions}</div>
      </div>
      {!folded &&
        (conversations.length > 0 ? (
          <ul className="flex flex-col gap-px">{children}</ul>
        ) : (
          <button
            type="button"
            onClick={onEmpty}
            className="flex h-9 w-full items-center rounded-md px-2 text-start text-muted transition-colors hover:bg-hover hover:text-text touch:h-11"
          >
            {empty}
          </button>
        ))}
    </section>
  );
}
