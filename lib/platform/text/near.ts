/** A typing error in fewer letters would make too many words alike. */
const minLetters = 4;

/**
 * Whether somebody may have meant a word, or its beginning, with one letter missing, added, replaced, or swapped with the next.
 * @param word folded
 * @param typed folded; shorter than four letters it must be the beginning itself
 */
export function isNear(word: string, typed: string): boolean {
  if (word.startsWith(typed)) return true;
  if (typed.length < minLetters) return false;
  let at = 0;
  while (at < typed.length && word[at] === typed[at]) at += 1;
  const [left, more] = [word.slice(at), typed.slice(at)];
  return (
    left.startsWith(more.slice(1)) || // added
    left.slice(1).startsWith(more) || // missing
    left.slice(1).startsWith(more.slice(1)) || // replaced
    (left[0] === more[1] && left[1] === more[0] && left.slice(2).startsWith(more.slice(2))) // swapped
  );
}
