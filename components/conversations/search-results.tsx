'use client';
import { useEffect } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { type Found, keyOf, useFinder } from '@/components/conversations/finder';
import { FoundRow } from '@/components/conversations/found-row';
import { openConversation } from '@/components/conversations/navigate';
import { useOpenDirect } from '@/components/conversations/open-direct';
import { moveFocus } from '@/components/conversations/sidebar-list';
import { SkeletonRows } from '@/components/ui/skeleton';

/** What the sidebar's field finds, in the place of the list. */
export function SearchResults({ typed, onChosen }: { typed: string; onChosen: () => void }) {
  const t = useTranslations('conversations');
  const { found, isPending } = useFinder(typed);
  const choose = useChoose();
  const take = (one: Found) => {
    onChosen();
    choose(one);
  };
  useFieldKeys(() => found[0] && take(found[0]));
  if (found.length === 0 && isPending) return <SkeletonRows count={4} label={t('looking')} />;
  if (found.length === 0)
    return <p className="px-2 py-3 text-muted text-sm">{t.rich('nothingCalled', { typed: typed.trim() })}</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus between the buttons inside
    <div onKeyDown={moveFocus} className="flex flex-col gap-px">
      {found.map((one) => (
        <button
          key={keyOf(one)}
          type="button"
          data-row
          onClick={() => take(one)}
          className="rounded-md text-start transition-colors hover:bg-hover focus-visible:outline-offset-[-2px]"
        >
          <FoundRow found={one} />
        </button>
      ))}
    </div>
  );
}

export function useChoose(): (found: Found) => void {
  const openDirect = useOpenDirect();
  return (found) => {
    if (found.kind === 'conversation') openConversation(found.conversation.id);
    else if (found.kind === 'group') openConversation(found.group.id);
    else if (found.kind === 'person') void openDirect(found.person.id);
    else found.command.run();
  };
}

/** Enter in the field takes the first, the arrow goes down into the list. */
function useFieldKeys(takeFirst: () => void): void {
  useEffect(() => {
    const field = document.querySelector<HTMLInputElement>('[data-jump-field]');
    const press = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      if (event.key === 'Enter') takeFirst();
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      document.querySelector<HTMLElement>('nav [data-row]')?.focus();
    };
    field?.addEventListener('keydown', press);
    return () => field?.removeEventListener('keydown', press);
  });
}
