import { characterAt, characterBefore, isAsciiLetterOrDigit, isOfWord } from '@/lib/platform/text/characters';
import type { Mention } from '@/lib/platform/text/tree';

const maxHandleLength = 32;

/** The mention that begins with the `@` at `index`, if any. */
export function mentionAt(text: string, index: number, before = characterBefore(text, index)): Mention | undefined {
  if (!mayPrecede(before)) return undefined;
  const end = handleEnd(text, index + 1);
  const handle = text.slice(index + 1, end).toLowerCase();
  return handle === '' || handle.length > maxHandleLength
    ? undefined
    : { type: 'mention', handle, value: text.slice(index, end) };
}

/** Whether an `@` at `index` may begin a mention: not inside an address, a path or a word. */
export function mentionStartsAt(text: string, index: number): boolean {
  return mayPrecede(characterBefore(text, index));
}

const mayPrecede = (before: string) => !'+%@/\\'.includes(before || ' ') && !isOfWord(before);

/** The end of the handle at `start`; `start` when there is none, or when the word continues with a character that handles cannot have. */
function handleEnd(text: string, start: number): number {
  let run = start;
  while (isOfHandle(text.charCodeAt(run))) run += 1;
  let end = run;
  while (end > start && !isAsciiLetterOrDigit(text.charCodeAt(end - 1))) end -= 1;
  if (!isAsciiLetterOrDigit(text.charCodeAt(start))) return start;
  if (end === run && (text[run] === '@' || isOfWord(characterAt(text, run)))) return start;
  return end;
}

const isOfHandle = (code: number) => isAsciiLetterOrDigit(code) || code === 0x2d || code === 0x2e || code === 0x5f;
