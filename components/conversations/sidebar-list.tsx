'use client';
import { Compass, Plus } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useConversations } from '@/client/state/queries';
import { ConversationRow } from '@/components/conversations/conversation-row';
import { useConversationId } from '@/components/conversations/navigate';
import { SidebarSection } from '@/components/conversations/sidebar-section';
import { useFrame } from '@/components/shell/frame';
import { IconButton } from '@/components/ui/icon-button';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** The conversations in their sections, newest message first. */
export function SidebarList() {
  const t = useTranslations('conversations');
  const { direct, groups } = useSections();
  const openId = useConversationId();
  const openDialog = useFrame((frame) => frame.openDialog);
  const rows = (conversations: Conversation[]) =>
    conversations.map((conversation) => (
      <ConversationRow key={conversation.id} conversation={conversation} isOpen={conversation.id === openId} />
    ));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus between the links inside
    <div onKeyDown={moveFocus} className="flex flex-col gap-2">
      <SidebarSection
        id="Direct"
        name={t('direct')}
        conversations={direct}
        empty={t('writeToSomebody')}
        onEmpty={() => openDialog('direct')}
        actions={
          <IconButton name={t('newDirect')} side="bottom" onClick={() => openDialog('direct')}>
            <Plus className="size-4" />
          </IconButton>
        }
      >
        {rows(direct)}
      </SidebarSection>
      <SidebarSection
        id="Groups"
        name={t('groups')}
        conversations={groups}
        empty={t('createAGroup')}
        onEmpty={() => openDialog('group')}
        actions={
          <>
            <IconButton name={t('browsePublic')} side="bottom" onClick={() => openDialog('browse')}>
              <Compass className="size-4" />
            </IconButton>
            <IconButton name={t('newGroup')} side="bottom" onClick={() => openDialog('group')}>
              <Plus className="size-4" />
            </IconButton>
          </>
        }
      >
        {rows(groups)}
      </SidebarSection>
    </div>
  );
}

/** The conversations in the order on screen, which Alt with the arrow keys follows too. */
export function useSections(): Record<'direct' | 'groups', Conversation[]> {
  const conversations = useConversations();
  return {
    direct: conversations.filter(({ kind }) => conversationKinds[kind].listed === 'direct'),
    groups: conversations.filter(({ kind }) => conversationKinds[kind].listed === 'groups'),
  };
}

/** Up, Down, Home and End move the focus along the rows, across sections. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined || event.altKey || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
}
