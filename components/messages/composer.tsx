'use client';

import { clsx } from 'clsx';
import { ALargeSmall, ArrowUp, Paperclip, Smile } from 'lucide-react';
import { useRef, useState } from 'react';
import { setWriting } from '@/client/drafts/drafts';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { UploadTile } from '@/components/attachments/upload-tile';
import { addFiles } from '@/components/attachments/uploads';
import { isNotes, useTitleOf } from '@/components/conversations/title';
import { CompletionList, completionId, optionId } from '@/components/messages/completion-list';
import { EditBar, ReplyBar } from '@/components/messages/composer-bars';
import { ComposerInput } from '@/components/messages/composer-input';
import { EmojiPicker } from '@/components/messages/emoji-picker';
import { applyFormat, edit, type Format } from '@/components/messages/format';
import { FormatBar } from '@/components/messages/format-bar';
import { useCompletion } from '@/components/messages/use-completion';
import { useComposer } from '@/components/messages/use-composer';
import { IconButton, iconButtonClass } from '@/components/ui/icon-button';
import { Popover } from '@/components/ui/popover';
import { conversationKinds } from '@/lib/domain/conversations/kinds';
import type { Conversation } from '@/lib/domain/conversations/schema';

/** Writes messages: text, files and the reply's target. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('messages');
  const placeholder = usePlaceholder(conversation);
  const { id } = conversation;
  const me = useMe();
  const area = useRef<HTMLTextAreaElement>(null);
  const [formats, setFormats] = useState(false);
  const composer = useComposer(conversation, me.id);
  const completion = useCompletion(conversation, me.id, area);
  const { text, uploads, replyTo, editing } = composer;
  const submit = () => {
    completion.close();
    void composer.submit();
  };
  const insert = (piece: string) => {
    const { selectionStart: from = text.length, selectionEnd: to = text.length } = area.current ?? {};
    if (area.current) edit(area.current, { from, to, insert: piece, start: from + piece.length, end: from + piece.length });
  };
  const format = (kind: Format) => {
    const input = area.current;
    if (input) edit(input, applyFormat(kind, { text: input.value, start: input.selectionStart, end: input.selectionEnd }));
  };
  return (
    <div className="relative mx-5 mb-1 max-sm:mx-3">
      <CompletionList options={completion.options} chosen={completion.chosen} onTake={completion.take} />
      <div className="rounded-lg border border-line-strong bg-raised transition-colors focus-within:border-accent">
        {editing && <EditBar onCancel={() => setWriting(id, { editing: null })} />}
        {replyTo && !editing && <ReplyBar quote={replyTo} onCancel={() => setWriting(id, { replyTo: null })} />}
        {formats && <FormatBar onFormat={format} />}
        {uploads.length > 0 && !editing && (
          <ul aria-label={t('filesToSend')} className="flex max-h-40 flex-wrap gap-2 overflow-y-auto p-2 pb-0">
            {uploads.map((upload) => (
              <UploadTile key={upload.key} upload={upload} />
            ))}
          </ul>
        )}
        <ComposerInput
          area={area}
          text={text}
          placeholder={placeholder}
          completion={
            completion.options.length > 0
              ? { listId: completionId, optionId: completion.chosen < 0 ? undefined : optionId(completion.chosen) }
              : null
          }
          onChange={(next) => {
            composer.write(next);
            completion.look();
          }}
          onCaret={completion.look}
          onKey={completion.onKeyDown}
          onSubmit={submit}
          onEscape={composer.takeBack}
          onArrowUp={composer.editLast}
          onFiles={(files) => addFiles(id, files)}
          onBlur={completion.close}
        />
        <div className="flex items-center gap-0.5 px-1.5 pb-1.5">
          <AttachButton onFiles={(files) => addFiles(id, files)} />
          <IconButton name={t('formatting')} aria-pressed={formats} onClick={() => setFormats(!formats)}>
            <ALargeSmall />
          </IconButton>
          <EmojiButton onPick={insert} />
          <Hint over={composer.over} isUploading={composer.isUploading} />
          <button
            type="button"
            aria-label={editing ? t('save') : t('send')}
            title={editing ? t('save') : t('send')}
            disabled={!composer.canSend}
            // The text keeps the focus, and a phone its keyboard.
            onPointerDown={(event) => event.preventDefault()}
            onClick={submit}
            className={clsx(
              'flex size-8 shrink-0 items-center justify-center rounded-md transition-colors touch:size-11',
              composer.canSend ? 'bg-accent text-on-accent hover:bg-accent-hover' : 'bg-hover text-faint',
            )}
          >
            <ArrowUp />
          </button>
        </div>
      </div>
    </div>
  );
}

function usePlaceholder(conversation: Conversation): string {
  const t = useTranslations('messages');
  const title = useTitleOf()(conversation);
  if (isNotes(conversation)) return t('writeNote');
  const { named } = conversationKinds[conversation.kind];
  return named ? t('messageGroup', { group: title }) : t('messagePerson', { person: title });
}

function Hint({ over, isUploading }: { over: number; isUploading: boolean }) {
  const t = useTranslations('messages');
  return (
    <span role="status" className={clsx('flex-1 truncate pe-2 text-end text-xs', over > 0 ? 'text-danger' : 'text-faint')}>
      {over > 0 ? t('charactersTooMany', { count: over }) : isUploading && t('filesOnTheWay')}
    </span>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations('messages');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('filesToAttach')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <IconButton name={t('attach')} onClick={() => input.current?.click()}>
        <Paperclip />
      </IconButton>
    </>
  );
}

function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useTranslations('messages');
  const [open, setOpen] = useState(false);
  const picked = useRef<string | null>(null);
  const closed = (event: Event) => {
    if (picked.current === null) return;
    // The text gets the focus, not the button.
    event.preventDefault();
    onPick(picked.current);
    picked.current = null;
  };
  return (
    <Popover
      label={t('emoji')}
      side="top"
      align="start"
      open={open}
      onOpenChange={setOpen}
      onCloseAutoFocus={closed}
      trigger={
        <button type="button" aria-label={t('emoji')} title={t('emoji')} className={iconButtonClass}>
          <Smile />
        </button>
      }
    >
      <EmojiPicker
        onPick={(emoji) => {
          picked.current = emoji;
          setOpen(false);
        }}
      />
    </Popover>
  );
}
