'use client';

import { defaultEmojiDataResolver, type EmojiData, EmojiPicker as Picker } from 'frimousse';
import type { ComponentProps } from 'react';
import { useLanguage } from '@/client/intl/language';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { emojiLanguage } from '@/lib/platform/intl/schema';
import { canonicalEmoji, offeredEmojiVersion } from '@/lib/platform/text/emoji';

/** All emoji, with search and keyboard navigation. Their names come from this server. */
export function AllEmoji({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useTranslations('messages');
  const { locale } = useLanguage();
  return (
    <Picker.Root
      emojibaseUrl="/emojibase"
      locale={locale}
      resolveEmojiData={async (_locale, options) => named(await defaultEmojiDataResolver(emojiLanguage(locale), options), t)}
      emojiVersion={offeredEmojiVersion}
      columns={9}
      onEmojiSelect={({ emoji }) => onPick(canonicalEmoji(emoji))}
      className="flex h-80 w-82 max-w-[calc(100vw-2rem)] flex-col"
    >
      <div className="p-2 pb-1">
        <Picker.Search autoFocus placeholder={t('emojiSearch')} aria-label={t('emojiSearch')} className="field h-8" />
      </div>
      <Picker.Viewport
        tabIndex={0}
        aria-label={t('emoji')}
        className="relative min-h-0 flex-1 px-1 focus-visible:-outline-offset-2"
      >
        <Picker.Loading className="absolute inset-0 flex animate-late items-center justify-center text-faint text-sm">
          {t('emojiLoading')}
        </Picker.Loading>
        <Picker.Empty className="absolute inset-0 flex items-center justify-center text-faint text-sm">
          {t('emojiNone')}
        </Picker.Empty>
        <Picker.List className="select-none pb-2" components={components} />
      </Picker.Viewport>
      <div className="flex h-10 items-center justify-between border-line border-t px-3 text-muted text-sm">
        <Picker.ActiveEmoji>
          {({ emoji }) => <span className="truncate">{emoji ? `${emoji.emoji}  ${emoji.label}` : t('emojiPick')}</span>}
        </Picker.ActiveEmoji>
        <Picker.SkinToneSelector aria-label={t('skinTone')} className="size-8 rounded-md text-md hover:bg-hover" />
      </div>
    </Picker.Root>
  );
}

/** Emojibase's groups, in its order. The third one has parts of other emoji, which nobody picks. */
const groups = [
  ...(['smileys-emotion', 'people-body', null, 'animals-nature', 'food-drink', 'travel-places'] as const),
  ...(['activities', 'objects', 'symbols', 'flags'] as const),
];

/** Uses our own names for the groups, because Emojibase lacks them in some languages. */
const named = (data: EmojiData, t: Translator<'messages'>): EmojiData => ({
  ...data,
  categories: data.categories.map((category) => {
    const group = groups[category.index];
    return group ? { ...category, label: t(`emojiGroups.${group}`) } : category;
  }),
});

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
