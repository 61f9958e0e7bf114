import type { Code } from 'mdast';
import { isBlankLine, unindented } from '@/lib/platform/text/lines';

export interface FenceFound {
  /** undefined when the fence contains no code; its lines are then text */
  node: Code | undefined;
  end: number;
  /** text after the closing fence on the same line */
  rest: string | undefined;
}

/**
 * The fenced code block that begins at a line. Its closing fence may also stand at the end of the last line of code, or before further
 * text, as people write in chats. Without a closing fence it extends to the end of the text.
 */
export function fenceAt(lines: string[], start: number): FenceFound | undefined {
  const [, indentation = '', marks = '', info = ''] = opening.exec(lines[start] ?? '') ?? [];
  if (marks === '' || info.includes(marks[0] ?? '')) return undefined;
  const language = /^[\p{L}\p{N}+#._-]{1,40}$/u.test(info.trim());
  const code = language || isBlankLine(info) ? [] : [info.trimStart()];
  let end = start + 1;
  let rest: string | undefined;
  for (let closed = false; end < lines.length && !closed; end += 1) {
    const line = unindented(lines[end] ?? '', indentation.length);
    const closing = closingOf(line, marks);
    closed = closing !== undefined;
    rest = closing?.rest;
    const content = closing ? closing.before : line;
    if (content !== undefined) code.push(content);
  }
  const hasCode = code.some((line) => !isBlankLine(line));
  const node: Code = { type: 'code', lang: language ? info.trim() : null, meta: null, value: code.join('\n') };
  return { node: hasCode ? node : undefined, end, rest: hasCode ? rest : undefined };
}

interface Closing {
  /** code before the closing fence on its line, if any */
  before: string | undefined;
  rest: string | undefined;
}

function closingOf(line: string, marks: string): Closing | undefined {
  const mark = marks[0] ?? '';
  const trimmed = line.trimEnd();
  const leading = trimmed.trimStart();
  const size = runAt(leading, 0, mark);
  if (size >= marks.length) {
    const rest = leading.slice(size);
    if (rest === '') return { before: undefined, rest: undefined };
    if (mark === '`' && /^\s/.test(rest)) return { before: undefined, rest: rest.trimStart() };
  }
  if (mark !== '`' || !trimmed.endsWith(marks) || trimmed.at(-marks.length - 1) === '`') return undefined;
  return { before: trimmed.slice(0, -marks.length), rest: undefined };
}

function runAt(text: string, start: number, mark: string): number {
  let end = start;
  while (text[end] === mark) end += 1;
  return end - start;
}

const opening = /^( {0,3})(`{3,}|~{3,})(.*)$/;
