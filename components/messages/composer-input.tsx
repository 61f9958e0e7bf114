'use client';

import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useLayoutEffect } from 'react';
import { setComposer } from '@/components/messages/composer-focus';
import { applyFormat, edit, type Format } from '@/components/messages/format';
import { filesOf } from '@/components/messages/pasted';
import { directionOfField } from '@/lib/platform/text/direction';

interface Props {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  placeholder: string;
  /** the ids of the suggestion list, when it is open */
  completion: { listId: string; optionId: string | undefined } | null;
  onChange: (text: string) => void;
  onCaret: () => void;
  /** @returns whether it handled the key */
  onKey: (event: KeyboardEvent) => boolean;
  onSubmit: () => void;
  onEscape: () => void;
  onArrowUp: () => boolean;
  onFiles: (files: File[]) => void;
  onBlur: () => void;
}

const shortcuts: Record<string, Format> = { b: 'bold', i: 'italic', e: 'code' };

/**
 * Grows with its text. Enter sends, except during an input method's composition, and on phones, whose keyboards have no other key
 * for a new line.
 */
export function ComposerInput(props: Props) {
  const { area, text, placeholder, completion } = props;

  useLayoutEffect(() => {
    const input = area.current;
    if (!input) return;
    input.style.height = 'auto';
    if (text !== '') input.style.height = `${input.scrollHeight}px`;
  }, [area, text]);

  useEffect(() => {
    setComposer(area.current);
    // The caret is placed at the end of a draft.
    area.current?.setSelectionRange(area.current.value.length, area.current.value.length);
    if (matchMedia('(pointer: fine)').matches) area.current?.focus();
    return () => setComposer(null);
  }, [area]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // 229: the key belongs to the input method. Safari ends the composition before the key event.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (props.onKey(event)) return;
    const format = event.ctrlKey || event.metaKey ? shortcuts[event.key.toLowerCase()] : undefined;
    if (format && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      edit(event.currentTarget, applyFormat(format, { text: value, start: selectionStart, end: selectionEnd }));
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !matchMedia('(pointer: coarse)').matches) {
      event.preventDefault();
      props.onSubmit();
    } else if (event.key === 'Escape') props.onEscape();
    else if (event.key === 'ArrowUp' && text === '' && props.onArrowUp()) event.preventDefault();
  };

  const onPaste = (event: ClipboardEvent) => {
    const files = filesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    props.onFiles(files);
  };

  return (
    <textarea
      ref={area}
      rows={1}
      dir={directionOfField(text)}
      value={text}
      placeholder={placeholder}
      aria-label={placeholder}
      aria-autocomplete="list"
      aria-controls={completion?.listId}
      aria-activedescendant={completion?.optionId}
      enterKeyHint="enter"
      onChange={(event) => props.onChange(event.target.value)}
      onSelect={props.onCaret}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onBlur={props.onBlur}
      className="block max-h-[40dvh] min-h-10 w-full resize-none bg-transparent px-3 pt-2.5 pb-1 text-md outline-none [overflow-wrap:anywhere]"
    />
  );
}
