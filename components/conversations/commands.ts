'use client';
import {
  CheckCheck,
  Compass,
  Keyboard,
  type LucideIcon,
  Monitor,
  Moon,
  PenLine,
  Pin,
  Search,
  Settings,
  Sun,
  UserPlus,
  UsersRound,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useConversations, useMe } from '@/client/state/queries';
import { useShowPart } from '@/components/conversations/details-state';
import { useMarkAllRead } from '@/components/conversations/mark-all-read';
import { openSettings, useConversationId } from '@/components/conversations/navigate';
import { useFrame } from '@/components/shell/frame';
import { openSearch } from '@/components/shell/search-state';
import type { ShortcutName } from '@/components/shell/shortcuts';

/** Something that the palette does. */
export interface Command {
  id: string;
  words: string;
  icon: LucideIcon;
  shortcut?: ShortcutName;
  run: () => void;
}

export function useCommands(): Command[] {
  const t = useTranslations('conversations');
  const settings = useTranslations('settings');
  const shortcuts = useTranslations('shortcuts');
  const me = useMe();
  const theme = useFrame((frame) => frame.theme);
  const setTheme = useFrame((frame) => frame.setTheme);
  const openDialog = useFrame((frame) => frame.openDialog);
  const show = useShowPart();
  const pins = useTranslations('pins');
  const id = useConversationId();
  const hasPins = useConversations().some((conversation) => conversation.id === id && (conversation.pins?.count ?? 0) > 0);
  const markAllRead = useMarkAllRead();
  return useMemo((): Command[] => {
    const themes = [
      { id: 'system', words: settings('themeSystem'), icon: Monitor },
      { id: 'light', words: settings('themeLight'), icon: Sun },
      { id: 'dark', words: settings('themeDark'), icon: Moon },
    ] as const;
    return [
      { id: 'direct', words: t('newDirect'), icon: PenLine, run: () => openDialog('direct') },
      { id: 'group', words: t('newGroup'), icon: UsersRound, run: () => openDialog('group') },
      { id: 'browse', words: t('browsePublic'), icon: Compass, run: () => openDialog('browse') },
      ...(me.may.invite ? [{ id: 'invite', words: t('inviteSomebody'), icon: UserPlus, run: () => openDialog('invite') }] : []),
      ...(hasPins ? [{ id: 'pins', words: pins('title'), icon: Pin, run: () => show('pinned') }] : []),
      { id: 'search', words: shortcuts('frame.search'), icon: Search, shortcut: 'search', run: () => openSearch() },
      { id: 'read', words: t('markAllRead'), icon: CheckCheck, run: markAllRead },
      { id: 'settings', words: settings('settings'), icon: Settings, run: openSettings },
      { id: 'shortcuts', words: shortcuts('title'), icon: Keyboard, shortcut: 'shortcuts', run: () => openDialog('shortcuts') },
      ...themes
        .filter(({ id }) => id !== theme)
        .map(({ id, words, icon }) => ({
          id: `theme ${id}`,
          words: `${settings('theme')}: ${words}`,
          icon,
          run: () => setTheme(id),
        })),
    ];
  }, [t, settings, shortcuts, pins, hasPins, me.may.invite, theme, setTheme, openDialog, show, markAllRead]);
}
