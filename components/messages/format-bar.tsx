import { Bold, Code, Italic, Link, List } from 'lucide-react';
import type { Format } from '@/components/messages/format';
import { IconButton } from '@/components/ui/icon-button';

export function FormatBar({ onFormat }: { onFormat: (format: Format) => void }) {
  return (
    <div role="toolbar" aria-label="Formatting" className="flex gap-0.5 border-line border-b px-1.5 py-1">
      {formats.map(({ format, name, shortcut, Glyph }) => (
        // The text keeps its selection: pressing must not take the focus.
        <IconButton
          key={format}
          name={name}
          shortcut={shortcut}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onFormat(format)}
        >
          <Glyph className="size-4!" />
        </IconButton>
      ))}
    </div>
  );
}

const formats = [
  { format: 'bold', name: 'Bold', shortcut: 'Ctrl B', Glyph: Bold },
  { format: 'italic', name: 'Italic', shortcut: 'Ctrl I', Glyph: Italic },
  { format: 'code', name: 'Code', shortcut: 'Ctrl E', Glyph: Code },
  { format: 'list', name: 'List', Glyph: List, shortcut: undefined },
  { format: 'link', name: 'Link', Glyph: Link, shortcut: undefined },
] as const;
