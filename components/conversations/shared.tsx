'use client';
import { clsx } from 'clsx';
import { ChevronRight, FileText, Images, Link2, type LucideIcon, Pin } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { partShown, type SharedPart, useDetailsState } from '@/components/conversations/details-state';
import { SharedFiles, SharedLinks, SharedPictures } from '@/components/conversations/shared-lists';
import { SharedPins } from '@/components/conversations/shared-pins';
import { openSearch } from '@/components/shell/search-state';
import { Button } from '@/components/ui/button';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** What was pinned and shared in a conversation: messages, pictures, files, links. Each is asked for when it is opened. */
export function Shared({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('shared');
  const { id } = conversation;
  return (
    <section aria-label={t('title')} className="border-line border-t px-2 py-2">
      <Part icon={Pin} title={t('pins')} conversationId={id} kind="pinned">
        <SharedPins conversation={conversation} />
      </Part>
      <Part icon={Images} title={t('pictures')} conversationId={id} kind="image">
        <SharedPictures conversationId={id} />
      </Part>
      <Part icon={FileText} title={t('files')} conversationId={id} kind="file">
        <SharedFiles conversationId={id} />
      </Part>
      <Part icon={Link2} title={t('links')} conversationId={id} kind="link">
        <SharedLinks conversationId={id} />
      </Part>
    </section>
  );
}

interface PartProps {
  icon: LucideIcon;
  title: string;
  conversationId: string;
  kind: SharedPart;
  children: React.ReactNode;
}

function Part({ icon: Icon, title, conversationId, kind, children }: PartProps) {
  const t = useTranslations('shared');
  const [isOpen, setIsOpen] = useState(false);
  const heading = useRef<HTMLButtonElement>(null);
  const isRequested = useDetailsState(({ part }) => part === kind);
  useEffect(() => {
    if (!isRequested) return;
    partShown();
    setIsOpen(true);
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'start' });
  }, [isRequested]);
  return (
    <>
      <h3>
        <button
          ref={heading}
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 text-start font-medium transition-colors hover:bg-hover touch:min-h-11"
        >
          <Icon aria-hidden className="text-muted" />
          <span className="min-w-0 flex-1 truncate">{title}</span>
          <ChevronRight aria-hidden className={clsx('size-4! text-faint', isOpen ? 'rotate-90' : 'rtl:-scale-x-100')} />
        </button>
      </h3>
      {isOpen && (
        <div className="px-2 pt-1 pb-3">
          {children}
          <Button look="quiet" size="small" className="mt-1" onClick={() => openSearch(conversationId, kind)}>
            {t('search')}
          </Button>
        </div>
      )}
    </>
  );
}
