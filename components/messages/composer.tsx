'use client';

import { clsx } from 'clsx';
import { ALargeSmall, ArrowUp, Paperclip, Smile } from 'lucide-react';
import { useRef, useState } from 'react';
import { setWriting } from '@/client/drafts/drafts';
import { useMe } from '@/client/state/queries';
import { UploadTile } from '@/components/attachments/upload-tile';
import { addFiles } from '@/components/attachments/uploads';
import { isNotes, titleOf } from '@/components/conversations/title';
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
import { phrase } from '@/lib/platform/text/phrase';

/** Where messages are written: text, files, and what they answer. */
export function Composer({ conversation }: { conversation: Conversation }) {
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
          <ul aria-label="Files to send" className="flex max-h-40 flex-wrap gap-2 overflow-y-auto p-2 pb-0">
            {uploads.map((upload) => (
              <UploadTile key={upload.key} upload={upload} />
            ))}
          </ul>
        )}
        <ComposerInput
          area={area}
          text={text}
          placeholder={placeholderOf(conversation, me.id)}
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
          <IconButton name="Formatting" aria-pressed={formats} onClick={() => setFormats(!formats)}>
            <ALargeSmall />
          </IconButton>
          <EmojiButton onPick={insert} />
          <Hint over={composer.over} isUploading={composer.isUploading} />
          <button
            type="button"
            aria-label={editing ? 'Save' : 'Send'}
            title={editing ? 'Save' : 'Send'}
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

function placeholderOf(conversation: Conversation, me: string): string {
  if (isNotes(conversation)) return 'Write a note';
  const title = titleOf(conversation, me);
  return conversationKinds[conversation.kind].named ? phrase`Message #${title}` : phrase`Message ${title}`;
}

function Hint({ over, isUploading }: { over: number; isUploading: boolean }) {
  return (
    <span role="status" className={clsx('flex-1 truncate pr-2 text-right text-xs', over > 0 ? 'text-danger' : 'text-faint')}>
      {over > 0 ? `${over.toLocaleString('en')} characters too many` : isUploading && 'Files are on their way…'}
    </span>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <IconButton name="Attach files" onClick={() => input.current?.click()}>
        <Paperclip />
      </IconButton>
    </>
  );
}

function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
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
      label="Emoji"
      side="top"
      align="start"
      open={open}
      onOpenChange={setOpen}
      onCloseAutoFocus={closed}
      trigger={
        <button type="button" aria-label="Emoji" title="Emoji" className={iconButtonClass}>
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
