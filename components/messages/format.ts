import { type Edit, type Selected, withoutOuterBlanks, wrap } from '@/components/messages/wrapping';

export type Format = 'bold' | 'italic' | 'code' | 'list' | 'link';

export function applyFormat(format: Format, selected: Selected): Edit {
  switch (format) {
    case 'bold':
      return wrap(selected, '**');
    case 'italic':
      return wrap(selected, '_');
    case 'code':
      return selected.text.slice(selected.start, selected.end).trim().includes('\n') ? fence(selected) : wrap(selected, '`');
    case 'list':
      return list(selected);
    case 'link':
      return link(selected);
  }
}

function fence(selected: Selected): Edit {
  const { text } = selected;
  const { start, end } = withoutOuterBlanks(selected);
  const inner = text.slice(start, end);
  if (text.slice(0, start).endsWith('```\n') && text.slice(end).startsWith('\n```'))
    return { from: start - 4, to: end + 4, insert: inner, start: start - 4, end: end - 4 };
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : '';
  const after = end < text.length && text[end] !== '\n' ? '\n' : '';
  const at = start + before.length + 4;
  return { from: start, to: end, insert: `${before}\`\`\`\n${inner}\n\`\`\`${after}`, start: at, end: at + inner.length };
}

function list({ text, start, end }: Selected): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lines = text.slice(from, end).split('\n');
  const isList = lines.every((line) => line.startsWith('- '));
  const insert = lines.map((line) => (isList ? line.slice(2) : `- ${line}`)).join('\n');
  const shift = isList ? -2 : 2;
  return { from, to: end, insert, start: Math.max(from, start + shift), end: from + insert.length };
}

function link(selected: Selected): Edit {
  const { text } = selected;
  const { start, end } = withoutOuterBlanks(selected);
  const inner = text.slice(start, end);
  // The address is selected, so this removes the link and keeps its label.
  const label = /\[([^\]\n]*)\]\($/.exec(text.slice(0, start));
  if (label && text[end] === ')') {
    const [whole, name = ''] = label;
    return { from: start - whole.length, to: end + 1, insert: name, start: label.index, end: label.index + name.length };
  }
  const isAddress = /^https?:\/\/\S+$/.test(inner);
  if (isAddress) return { from: start, to: end, insert: `[](${inner})`, start: start + 1, end: start + 1 };
  const insert = `[${inner}](https://)`;
  return { from: start, to: end, insert, start: start + inner.length + 3, end: start + insert.length - 1 };
}

/** Changes a textarea as typing would, so that the browser's own undo works. */
export function edit(area: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
  area.focus();
  area.setSelectionRange(from, to);
  const typed = insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, insert);
  if (!typed) {
    area.setRangeText(insert, from, to, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
  area.setSelectionRange(start, end);
}
