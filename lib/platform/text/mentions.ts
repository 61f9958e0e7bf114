import { characterAt, characterBefore, isAsciiLetterOrDigit, isOfWord } from '@/lib/platform/text/characters';
import type { Mention } from '@/lib/platform/text/tree';

const longestHandle = 32;

/** The mention that the `@` at `index` begins, if it begins one. */
export function mentionAt(text: string, index: number, before = characterBefore(text, index)): Mention | undefined {
  if (!mayPrecede(before)) return undefined;
  const end = handleEnd(text, index + 1);
  const handle = text.slice(index + 1, end).toLowerCase();
  return handle === '' || handle.length > longestHandle
    ? undefined
    : { type: 'mention', handle, value: text.slice(index, end) };
}

/** Whether an `@` at `index` may begin a mention: not inside of an address, a path or a longer word. */
export function mentionStartsAt(text: string, index: number): boolean {
  return mayPrecede(characterBefore(text, index));
}

const mayPrecede = (before: string) => !'+%@/\\'.includes(before || ' ') && !isOfWord(before);

/** Where the handle from `start` ends: at `start` when there is none, as before a letter that no handle can have. */
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
