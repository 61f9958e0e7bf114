'use client';
import { clsx } from 'clsx';
import { ChevronRight, FileText, Images, Link2, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { SharedFiles, SharedLinks, SharedPictures } from '@/components/conversations/shared-lists';
import { openSearch } from '@/components/shell/search-state';
import { Button } from '@/components/ui/button';

/** What was shared in a conversation: pictures, files, links. Each is asked for when it is opened. */
export function Shared({ conversationId }: { conversationId: string }) {
  const t = useTranslations('shared');
  return (
    <section aria-label={t('title')} className="border-line border-t px-2 py-2">
      <Part icon={Images} title={t('pictures')} conversationId={conversationId} kind="image" Content={SharedPictures} />
      <Part icon={FileText} title={t('files')} conversationId={conversationId} kind="file" Content={SharedFiles} />
      <Part icon={Link2} title={t('links')} conversationId={conversationId} kind="link" Content={SharedLinks} />
    </section>
  );
}

interface PartProps {
  icon: LucideIcon;
  title: string;
  conversationId: string;
  kind: 'image' | 'file' | 'link';
  Content: (props: { conversationId: string }) => React.ReactNode;
}

function Part({ icon: Icon, title, conversationId, kind, Content }: PartProps) {
  const t = useTranslations('shared');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <h3>
        <button
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
          <Content conversationId={conversationId} />
          <Button look="quiet" size="small" className="mt-1" onClick={() => openSearch(conversationId, kind)}>
            {t('search')}
          </Button>
        </div>
      )}
    </>
  );
}
