'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Copy, Link2, MailOpen, MoreHorizontal, Pencil, Pin, PinOff, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { copyText } from '@/client/browser/copy';
import { setWriting } from '@/client/drafts/drafts';
import { useTranslations } from '@/client/intl/translations';
import { markUnread } from '@/client/receipts/seen';
import { quoteOf } from '@/client/state/quotes';
import { pathOf } from '@/components/conversations/navigate';
import { deleteMessage, quickReactions, usePin, useReact, useSay } from '@/components/messages/actions';
import { focusComposer } from '@/components/messages/composer-focus';
import { EmojiPicker } from '@/components/messages/emoji-picker';
import { ConfirmDialog } from '@/components/ui/dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { Popover } from '@/components/ui/popover';
import { toast } from '@/components/ui/toast';
import type { Message } from '@/lib/domain/messages/schema';

interface Props {
  message: Message;
  own: boolean;
  /** the message's author, or an admin of its group */
  mayDelete: boolean;
  mayPin: boolean;
  /** one of its menus is open, so the row must keep the toolbar */
  onHeld: (held: boolean) => void;
}

/** The actions on a message. The toolbar floats over the row's corner and moves nothing. */
export function RowToolbar({ message, own, mayDelete, mayPin, onHeld }: Props) {
  const t = useTranslations('messages');
  const toolbar = useRef<HTMLDivElement>(null);
  usePinKey(toolbar, message, mayPin);
  const reactWith = useReact(message);
  const [picking, setPicking] = useState(false);
  useEffect(() => () => onHeld(false), [onHeld]);
  const pick = (open: boolean) => {
    setPicking(open);
    onHeld(open);
  };
  const react = (emoji: string) => {
    pick(false);
    void reactWith(emoji);
  };
  return (
    <div
      ref={toolbar}
      role="toolbar"
      aria-label={t('actions')}
      className="absolute -top-4 end-4 z-10 flex rounded-lg border border-line bg-raised p-0.5 shadow-sm"
    >
      {quickReactions()
        .slice(0, 3)
        .map((emoji) => (
          <IconButton
            key={emoji}
            name={t('reactWith', { emoji })}
            className="text-md max-sm:hidden"
            onClick={() => react(emoji)}
          >
            {emoji}
          </IconButton>
        ))}
      <Popover
        label={t('react')}
        side="top"
        align="end"
        open={picking}
        onOpenChange={pick}
        trigger={
          <button type="button" aria-label={t('react')} title={t('react')} className={triggerClass}>
            <SmilePlus />
          </button>
        }
      >
        <EmojiPicker onPick={react} />
      </Popover>
      <IconButton name={t('reply')} onClick={() => replyTo(message)}>
        <Reply className="rtl:-scale-x-100" />
      </IconButton>
      <MoreMenu message={message} own={own} mayDelete={mayDelete} mayPin={mayPin} onHeld={onHeld} />
    </div>
  );
}

/** P pins or unpins the message whose row has the focus. */
function usePinKey(toolbar: React.RefObject<HTMLElement | null>, message: Message, mayPin: boolean): void {
  const pin = usePin(message);
  const latest = useRef(pin);
  useEffect(() => {
    latest.current = pin;
  });
  useEffect(() => {
    const row = toolbar.current?.closest('article');
    if (!row || !mayPin) return;
    const press = (event: KeyboardEvent) => {
      if (event.target !== row || event.key.toLowerCase() !== 'p' || event.repeat) return;
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void latest.current();
    };
    row.addEventListener('keydown', press);
    return () => row.removeEventListener('keydown', press);
  }, [toolbar, mayPin]);
}

export function replyTo(message: Message): void {
  setWriting(message.conversationId, { replyTo: quoteOf(message), editing: null });
  focusComposer();
}

export function startEditing(message: Message): void {
  setWriting(message.conversationId, { editing: { messageId: message.id, text: message.content } });
  focusComposer();
}

function MoreMenu({ message, own, mayDelete, mayPin, onHeld }: Props) {
  const t = useTranslations('messages');
  const pins = useTranslations('pins');
  const pin = usePin(message);
  const ui = useTranslations('ui');
  const say = useSay();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const { id, conversationId, content, seq } = message;
  useEffect(() => onHeld(open || asking), [open, asking, onHeld]);
  const remove = async () => {
    setAsking(false);
    await deleteMessage(client, id).catch((error) => say(error, t('notDeleted')));
  };
  const copy = async (text: string, said: string) => {
    await copyText(text).then(
      () => toast(said),
      () => toast(ui('copyRefused'), { kind: 'failed' }),
    );
  };
  return (
    <>
      <Menu
        label={t('moreActions')}
        onOpenChange={setOpen}
        trigger={
          <button type="button" aria-label={t('moreActions')} title={t('more')} className={triggerClass}>
            <MoreHorizontal />
          </button>
        }
      >
        {own && (
          <MenuItem icon={<Pencil />} onSelect={() => startEditing(message)}>
            {t('edit')}
          </MenuItem>
        )}
        {mayPin && (
          <MenuItem icon={message.pinnedAt ? <PinOff /> : <Pin />} shortcut="P" onSelect={() => void pin()}>
            {pins(message.pinnedAt ? 'unpin' : 'pin')}
          </MenuItem>
        )}
        {content !== '' && (
          <MenuItem icon={<Copy />} onSelect={() => copy(content, t('textCopied'))}>
            {t('copyText')}
          </MenuItem>
        )}
        <MenuItem
          icon={<Link2 />}
          onSelect={() => copy(new URL(pathOf(conversationId, id), location.href).href, t('linkCopied'))}
        >
          {t('copyLink')}
        </MenuItem>
        <MenuItem
          icon={<MailOpen />}
          onSelect={() => markUnread(conversationId, seq).catch((error) => say(error, t('notMarkedUnread')))}
        >
          {t('markUnread')}
        </MenuItem>
        {mayDelete && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} dangerous onSelect={() => setAsking(true)}>
              {t('delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('deleteThis')}
        description={t('deleteText')}
        confirm={t('deleteMessage')}
        dangerous
        onConfirm={remove}
      />
    </>
  );
}

const triggerClass =
  'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text data-[state=open]:bg-hover data-[state=open]:text-text touch:size-11';
