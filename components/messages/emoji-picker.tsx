'use client';

import { EmojiPicker as Picker } from 'frimousse';
import type { ComponentProps } from 'react';
import { canonicalEmoji, offeredEmojiVersion } from '@/lib/platform/text/emoji';

/** All emoji, searchable and by keyboard; their names come from this server. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  return (
    <Picker.Root
      emojibaseUrl="/emojibase"
      emojiVersion={offeredEmojiVersion}
      columns={9}
      onEmojiSelect={({ emoji }) => onPick(canonicalEmoji(emoji))}
      className="flex h-80 w-82 max-w-[calc(100vw-2rem)] flex-col"
    >
      <div className="p-2 pb-1">
        <Picker.Search autoFocus placeholder="Search emoji" aria-label="Search emoji" className="field h-8" />
      </div>
      <Picker.Viewport tabIndex={0} aria-label="Emoji" className="relative min-h-0 flex-1 px-1 focus-visible:-outline-offset-2">
        <Picker.Loading className="absolute inset-0 flex animate-late items-center justify-center text-faint text-sm">
          Loading emoji…
        </Picker.Loading>
        <Picker.Empty className="absolute inset-0 flex items-center justify-center text-faint text-sm">
          No emoji of that name.
        </Picker.Empty>
        <Picker.List className="select-none pb-2" components={components} />
      </Picker.Viewport>
      <div className="flex h-10 items-center justify-between border-line border-t px-3 text-muted text-sm">
        <Picker.ActiveEmoji>
          {({ emoji }) => <span className="truncate">{emoji ? `${emoji.emoji}  ${emoji.label}` : 'Pick an emoji'}</span>}
        </Picker.ActiveEmoji>
        <Picker.SkinToneSelector aria-label="Skin tone" className="size-8 rounded-md text-md hover:bg-hover" />
      </div>
    </Picker.Root>
  );
}

type ListParts = NonNullable<ComponentProps<typeof Picker.List>['components']>;

const components: ListParts = {
  CategoryHeader: ({ category, ...rest }) => (
    <div {...rest} className="bg-raised px-2 pt-2 pb-1 font-medium text-faint text-xs">
      {category.label}
    </div>
  ),
  // The picker counts from 0, and finds its rows by that number; ARIA counts from 1.
  Row: ({ children, ...rest }) => (
    <div {...rest} {...{ 'aria-rowindex': rest['aria-rowindex'] || undefined }} className="flex scroll-my-1 px-1">
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...rest }) => (
    <button
      {...rest}
      {...{ 'aria-colindex': (rest['aria-colindex'] ?? 0) + 1 }}
      type="button"
      aria-label={emoji.label}
      className="flex size-8.5 items-center justify-center rounded-md text-lg data-active:bg-hover"
    >
      {emoji.emoji}
    </button>
  ),
};
