/** A text with a selection in it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

export type Format = 'bold' | 'italic' | 'code' | 'list' | 'link';

/** What to put in the place of [from, to), and what is selected then. Each format undoes itself. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

export function applyFormat(format: Format, selected: Selected): Edit {
  switch (format) {
    case 'bold':
      return wrap(selected, '**');
    case 'italic':
      return wrap(selected, '_');
    case 'code':
      return selected.text.slice(selected.start, selected.end).includes('\n') ? fence(selected) : wrap(selected, '`');
    case 'list':
      return list(selected);
    case 'link':
      return link(selected);
  }
}

function wrap({ text, start, end }: Selected, mark: string): Edit {
  const inner = text.slice(start, end);
  const { length } = mark;
  if (text.slice(start - length, start) === mark && text.slice(end, end + length) === mark)
    return { from: start - length, to: end + length, insert: inner, start: start - length, end: end - length };
  return { from: start, to: end, insert: `${mark}${inner}${mark}`, start: start + length, end: end + length };
}

function fence({ text, start, end }: Selected): Edit {
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : '';
  const insert = `${before}\`\`\`\n${text.slice(start, end)}\n\`\`\`\n`;
  const at = start + before.length + 3;
  return { from: start, to: end, insert, start: at, end: at };
}

function list({ text, start, end }: Selected): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lines = text.slice(from, end).split('\n');
  const isList = lines.every((line) => line.startsWith('- '));
  const insert = lines.map((line) => (isList ? line.slice(2) : `- ${line}`)).join('\n');
  const shift = isList ? -2 : 2;
  return { from, to: end, insert, start: Math.max(from, start + shift), end: from + insert.length };
}

function link({ text, start, end }: Selected): Edit {
  const inner = text.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inner);
  if (isAddress) return { from: start, to: end, insert: `[](${inner})`, start: start + 1, end: start + 1 };
  const insert = `[${inner}](https://)`;
  return { from: start, to: end, insert, start: start + inner.length + 3, end: start + insert.length - 1 };
}

/** Changes a textarea as typing would: the browser's own undo takes it back. */
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
