'use client';
import { BellOff, PanelRight, Search, Users } from 'lucide-react';
import { useIsApple } from '@/client/browser/mounted';
import { useFormatter, useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { ConversationFace } from '@/components/conversations/conversation-face';
import { ScreenHeader } from '@/components/conversations/screen-header';
import { isNotes, otherOf, useTitleOf } from '@/components/conversations/title';
import { useFrame } from '@/components/shell/frame';
import { openSearch } from '@/components/shell/search-state';
import { keysOf } from '@/components/shell/shortcuts';
import { IconButton } from '@/components/ui/icon-button';
import { Tooltip } from '@/components/ui/tooltip';
import { Faces } from '@/components/users/avatar';
import { usePresenceWords } from '@/components/users/last-seen';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

const facesShown = 4;

/** The name and picture of the conversation, and the button of its details. */
export function ConversationHeader({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const ui = useTranslations('ui');
  const isApple = useIsApple();
  const titleOf = useTitleOf();
  const panelOpen = useFrame((frame) => frame.panelOpen);
  const togglePanel = useFrame((frame) => frame.togglePanel);
  return (
    <ScreenHeader>
      <ConversationFace conversation={conversation} size={32} ring="ring-bg" />
      <div className="flex min-w-0 flex-1 flex-col">
        <h1 className="flex items-center gap-1.5 font-semibold text-md leading-5">
          <span dir="auto" className="truncate">
            {titleOf(conversation)}
          </span>
          {conversation.me?.notify === 'none' && <BellOff aria-label={t('muted')} className="size-3.5 text-faint" />}
        </h1>
        <Subtitle conversation={conversation} />
      </div>
      {conversationKinds[conversation.kind].membersManaged && (
        <MembersButton conversation={conversation} onPress={togglePanel} />
      )}
      <IconButton
        name={t('searchHere')}
        shortcut={keysOf('searchHere', isApple, ui('ctrl'))}
        side="bottom"
        onClick={() => openSearch(conversation.id)}
      >
        <Search />
      </IconButton>
      <IconButton name={t('details')} side="bottom" data-details-button aria-expanded={panelOpen} onClick={togglePanel}>
        <PanelRight className="rtl:-scale-x-100" />
      </IconButton>
    </ScreenHeader>
  );
}

function Subtitle({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const me = useMe();
  const presence = usePresenceWords();
  const other = otherOf(conversation, me.id);
  const text = isNotes(conversation) ? t('notesSubtitle') : other ? presence.describe(other) : conversation.description;
  if (!text) return null;
  return (
    <p suppressHydrationWarning dir="auto" className="truncate text-muted text-xs">
      {text}
    </p>
  );
}

function MembersButton({ conversation, onPress }: { conversation: Conversation; onPress: () => void }) {
  const t = useTranslations('conversations');
  const format = useFormatter();
  const { participantCount, participants } = conversation;
  const label = t('members', { count: participantCount });
  return (
    <Tooltip label={label} side="bottom">
      <button
        type="button"
        aria-label={label}
        onClick={onPress}
        className="flex h-8 shrink-0 items-center gap-2 rounded-md px-1.5 text-muted transition-colors hover:bg-hover hover:text-text touch:h-11 touch:min-w-11 touch:justify-center"
      >
        <span className="@lg:flex hidden">
          <Faces users={participants.slice(0, facesShown).map(({ user }) => user)} size={24} />
        </span>
        <Users aria-hidden className="@lg:hidden size-4!" />
        <span className="font-medium text-sm tabular-nums">{format.number(participantCount)}</span>
      </button>
    </Tooltip>
  );
}
