'use client';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { useCommands } from '@/components/conversations/commands';
import { keyOf, noteChosen, useFinder } from '@/components/conversations/finder';
import { FoundRow } from '@/components/conversations/found-row';
import { useChoose } from '@/components/conversations/search-results';
import { BareDialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { useListCursor } from '@/components/ui/list-cursor';

/** The one place to go: to any person or conversation with three letters, or to a command. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations('conversations');
  return (
    <BareDialog open onOpenChange={onClose} title={t('goTo')}>
      <PaletteBody onClose={onClose} />
    </BareDialog>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  const [typed, setTyped] = useState('');
  const me = useMe();
  const { found, isPending } = useFinder(typed, useCommands());
  const choose = useChoose();
  const cursor = useListCursor(
    found.length,
    (index) => {
      const chosen = found[index];
      if (!chosen) return;
      noteChosen(me.id, chosen);
      onClose();
      choose(chosen);
    },
    typed,
  );
  return (
    <>
      <div className="flex h-13 shrink-0 items-center gap-3 border-line border-b px-4">
        <Search className="text-faint" />
        <input
          {...cursor.field}
          aria-label={t('goToLabel')}
          placeholder={t('goToLabel')}
          dir="auto"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="h-full min-w-0 flex-1 bg-transparent text-md focus-visible:outline-none"
        />
        <Kbd>{ui('esc')}</Kbd>
      </div>
      <div className="flex max-h-92 flex-col max-sm:h-[60dvh] max-sm:max-h-none">
        <div {...cursor.list(t('found'))} className="min-h-0 overflow-y-auto p-2 empty:hidden">
          {found.map((one, index) => (
            <FoundRow key={keyOf(one)} found={one} {...cursor.row(index)} />
          ))}
        </div>
        {found.length === 0 && !isPending && (
          <p className="px-2 py-8 text-center text-muted text-sm">
            {typed.trim() ? t('nothingCalled', { typed: typed.trim() }) : t('typeName')}
          </p>
        )}
      </div>
    </>
  );
}
