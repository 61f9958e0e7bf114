'use client';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useCloseOnBack } from '@/client/browser/back';
import { useTranslations } from '@/client/intl/translations';
import { useConversations, useMe } from '@/client/state/queries';
import { openConversation } from '@/components/conversations/navigate';
import { useTitleOf } from '@/components/conversations/title';
import { FilterBar } from '@/components/search/filter-bar';
import type { Hit } from '@/components/search/hits';
import { ResultList } from '@/components/search/result-list';
import { SearchField } from '@/components/search/search-field';
import { SearchStart } from '@/components/search/search-start';
import { SearchStatus } from '@/components/search/search-status';
import { addRecent, useSession, withChip } from '@/components/search/session';
import { SuggestionList } from '@/components/search/suggestion-list';
import { useSearch } from '@/components/search/use-search';
import { type Suggestion, useSuggestions } from '@/components/search/use-suggestions';
import { closeSearch, resumeSearch, useSearchState } from '@/components/shell/search-state';
import { IconButton } from '@/components/ui/icon-button';
import { useListCursor } from '@/components/ui/list-cursor';

/** Searches the messages of all conversations that the person may read. */
export function SearchPanel() {
  const t = useTranslations('search');
  const me = useMe();
  const { typed, chips, place, change } = useSession();
  const field = useRef<HTMLInputElement>(null);
  const found = useSearch();
  const completing = useSuggestions(typed);
  useScope();
  useFocus(field);
  useSheet();

  const take = ({ chip }: Suggestion) => {
    change({ typed: typed.slice(0, completing?.operator.start ?? typed.length).trimEnd(), chips: withChip(chips, chip) });
    field.current?.focus();
  };
  const open = ({ conversationId, id }: Hit, at: number) => {
    addRecent(me.id, { typed, chips });
    change({ place: { of: found.key, at, scrollTop: document.querySelector('[data-search-list]')?.scrollTop ?? 0 } });
    leaveTo(conversationId, id);
  };
  const suggestions = completing?.suggestions ?? [];
  const isCompleting = suggestions.length > 0;
  const cursor = useListCursor(
    isCompleting ? suggestions.length : found.hits.length,
    (at) => {
      const [suggestion, hit] = [suggestions[at], found.hits[at]];
      if (isCompleting && suggestion) take(suggestion);
      else if (hit) open(hit, at);
    },
    isCompleting ? `suggestions ${typed}` : found.key,
    place?.of === found.key ? place.at : 0,
  );

  return (
    <search
      data-search
      aria-label={t('title')}
      className="flex min-h-0 flex-1 flex-col"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
        event.preventDefault();
        closeSearch();
      }}
    >
      <header className="flex min-h-14 shrink-0 items-center gap-1 border-line border-b ps-3 pe-3 safe-top">
        <SearchField ref={field} cursor={cursor.field} />
        <IconButton name={t('close')} side="bottom" onClick={closeSearch}>
          <X />
        </IconButton>
      </header>
      <FilterBar onChosen={() => field.current?.focus()} />
      {isCompleting ? (
        <SuggestionList suggestions={suggestions} cursor={cursor} />
      ) : found.isAsked ? (
        <>
          <SearchStatus found={found} />
          <ResultList found={found} cursor={cursor} />
        </>
      ) : (
        <SearchStart onChosen={() => field.current?.focus()} />
      )}
    </search>
  );
}

/** Opens a message. A panel that covers the page closes, and Back opens it again. */
function leaveTo(conversationId: string, messageId: string): void {
  const from = location.href;
  const covers = !isBeside();
  if (covers) closeSearch();
  openConversation(conversationId, messageId);
  if (!covers) return;
  comeBack = () => {
    if (location.href !== from) return;
    stopWaiting();
    resumeSearch();
  };
  window.addEventListener('popstate', comeBack);
}

/** Reopens the panel when Back leads to it. */
let comeBack: (() => void) | null = null;

function stopWaiting(): void {
  if (comeBack) window.removeEventListener('popstate', comeBack);
  comeBack = null;
}

/** The `lg` breakpoint of tokens.css. */
const isBeside = () => window.matchMedia('(min-width: 64rem)').matches;

/** Closes the panel with Back while it covers the page. */
function useSheet(): void {
  useCloseOnBack(!isBeside(), closeSearch);
}

/** Adds the filter for the conversation that the panel was opened for. */
function useScope(): void {
  const opened = useSearchState((state) => state.opened);
  const scope = useSearchState((state) => state.scope);
  const kind = useSearchState((state) => state.kind);
  const conversations = useConversations();
  const titleOf = useTitleOf();
  const done = useRef(0);
  useEffect(() => {
    if (!scope || done.current === opened || lastScoped === opened) return;
    done.current = opened;
    lastScoped = opened;
    const conversation = conversations.find(({ id }) => id === scope);
    if (!conversation) return;
    const { chips, change } = useSession.getState();
    const here = withChip(chips, { name: 'in', value: scope, label: titleOf(conversation) });
    change(
      kind ? { typed: '', chips: withChip(here, { name: kind === 'pinned' ? 'is' : 'has', value: kind }) } : { chips: here },
    );
  }, [opened, scope, kind, conversations, titleOf]);
}

/** The opening whose filter was added. Reopening with Back is not a new one, so a removed filter is not added again. */
let lastScoped = 0;

function useFocus(field: React.RefObject<HTMLInputElement | null>): void {
  const opened = useSearchState((state) => state.opened);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening
  useEffect(() => {
    stopWaiting();
    field.current?.focus();
    field.current?.select();
  }, [opened]);
}
