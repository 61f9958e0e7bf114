import { unit } from '@/lib/platform/text/search/scripts';

/** PDFium's mark for a hyphen at the end of a line, which it has removed together with the end of the line. */
const mark = '\uFFFE';

const hyphens = new RegExp(`(?<=[\\p{L}\\p{N}])(?:${mark}|[-\\u00AD\\u2010]\\r?\\n)(?=[\\p{L}\\p{N}])`, 'gu');
/** Scripts without blanks also go on in the next line without one. */
const unspacedLines = new RegExp(`(?<=${unit})\\r?\\n(?=${unit})`, 'gu');

/** Longer words are not looked at as a whole. */
const maxWord = 60;

/**
 * Turns the lines of a page into text that is searched as a reader would. `deploy-` and `ment` become `deployment`. Nobody can tell whether
 * `well-` and `known` were one word or two, so `well-known` is added at the end.
 */
export function flowText(lines: string): string {
  const compounds = new Set<string>();
  const flowing = lines.replace(hyphens, (hyphen: string, at: number) => {
    const before = /[\p{L}\p{M}\p{N}_]*$/u.exec(lines.slice(Math.max(0, at - maxWord), at))?.[0] ?? '';
    const after = /^[\p{L}\p{M}\p{N}_]*/u.exec(lines.slice(at + hyphen.length, at + hyphen.length + maxWord))?.[0] ?? '';
    if (!isDivided(before, after)) return '-';
    compounds.add(`${before}-${after}`);
    return '';
  });
  return [flowing.replace(unspacedLines, ''), ...compounds].join('\n').replaceAll(/[\0\uFFFE]/g, ' ');
}

/** Numbers and identifiers are not divided at the end of a line, and what goes on with a capital is a name of its own. */
const isDivided = (before: string, after: string) =>
  /^[\p{L}\p{M}]+$/u.test(before + after) && !(/\p{Ll}$/u.test(before) && /^\p{Lu}/u.test(after));
