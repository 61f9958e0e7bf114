/**
 * Scripts that do not separate words by blanks. They are ranges instead of `\p{Script=...}`, whose contents depend on the version of Node
 * or of the browser: index and query must split a text in the same way.
 */
const han = '\\u3005-\\u3007\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{323AF}';
const kana = '\\u3041-\\u3096\\u309D-\\u309F\\u30A1-\\u30FA\\u30FC-\\u30FF\\u31F0-\\u31FF\\uFF66-\\uFF9D';
const hangul = '\\u3131-\\u318E\\uAC00-\\uD7A3\\uFFA0-\\uFFDC';
const thai = '\\u0E01-\\u0E3A\\u0E40-\\u0E4E';
const lao = '\\u0E81-\\u0ECD\\u0EDC-\\u0EDF';
const khmer = '\\u1780-\\u17D3\\u17D7\\u17DC\\u17DD';
const myanmar = '\\u1000-\\u103F\\u1050-\\u108F\\uAA60-\\uAA7F\\uA9E0-\\uA9EF';
/** Hangul in decomposed form, as in file names on macOS. */
const jamo = '\\u1100-\\u11FF\\uA960-\\uA97C\\uD7B0-\\uD7FB';

const unspaced = han + kana + hangul + thai + lao + khmer + myanmar;

/** One user-perceived character of an unspaced script: with its voicing marks, or a syllable of jamo. */
export const unit =
  '(?:[\\u1100-\\u115F\\uA960-\\uA97C][\\u1160-\\u11A7\\uD7B0-\\uD7C6]?[\\u11A8-\\u11FF\\uD7CB-\\uD7FB]?' +
  `|[${unspaced}\\u1160-\\u11FF\\uD7B0-\\uD7FB][\\u3099\\u309A\\uFF9E\\uFF9F\\uFE00-\\uFE0F]*)`;

/** Joins the words of an expression: `ERR_42-x`, `ada@example.com`, `/usr/local`, `https://a.b/c?d=e`, `l'eau`. */
const joiner = "[._\\-/\\\\@:+#&=%?~'\\u2019\\u2010\\u2011]{1,3}";

/**
 * The patterns of a word, and of an expression of joined words. A trailing `++` or `#` belongs to it, as in `C++` and `C#`.
 * @param letter the first character of a word
 * @param inside a later one
 */
const patternsOf = (letter: string, inside: string) => {
  const word = `(?:${letter}${inside}*)`;
  return { word, expression: `${word}(?:${joiner}${word})*(?:[+#]{1,2}(?!${letter}))?` };
};

const outside = `(?![${unspaced}${jamo}])`;

/** Words of all other scripts. Later characters may be marks or invisible (soft hyphen, zero-width joiners). */
export const spaced = patternsOf(
  `(?:${outside}[\\p{L}\\p{N}])`,
  `(?:${outside}[\\p{L}\\p{N}\\p{M}\\u00AD\\u200C\\u200D\\u2060])`,
);

/** The same for ASCII texts, which are the most common, because simple patterns are several times as fast. */
export const ascii = patternsOf('[A-Za-z0-9]', '[A-Za-z0-9]');
