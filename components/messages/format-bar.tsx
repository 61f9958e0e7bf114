import { Bold, Code, Italic, Link, List } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import type { Format } from '@/components/messages/format';
import { IconButton } from '@/components/ui/icon-button';

export function FormatBar({ onFormat }: { onFormat: (format: Format) => void }) {
  const t = useTranslations('messages');
  const ui = useTranslations('ui');
  return (
    <div role="toolbar" aria-label={t('formatting')} className="flex gap-0.5 border-line border-b px-1.5 py-1">
      {formats.map(({ format, name, letter, Glyph }) => (
        // Pressing the button must not take the focus, or the text would lose its selection.
        <IconButton
          key={format}
          name={t(name)}
          shortcut={letter && `${ui('ctrl')} ${letter}`}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onFormat(format)}
        >
          <Glyph className={format === 'list' ? 'size-4! rtl:-scale-x-100' : 'size-4!'} />
        </IconButton>
      ))}
    </div>
  );
}

const formats = [
  { format: 'bold', name: 'formatBold', letter: 'B', Glyph: Bold },
  { format: 'italic', name: 'formatItalic', letter: 'I', Glyph: Italic },
  { format: 'code', name: 'formatCode', letter: 'E', Glyph: Code },
  { format: 'list', name: 'formatList', letter: undefined, Glyph: List },
  { format: 'link', name: 'formatLink', letter: undefined, Glyph: Link },
] as const;
