/**
 * Scripts that put no blanks between words, as ranges and not as `\p{Script=...}`: every version of Node and every browser must cut the
 * same pieces, or index and query disagree.
 */
const han = '\\u3005-\\u3007\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{323AF}';
const kana = '\\u3041-\\u3096\\u309D-\\u309F\\u30A1-\\u30FA\\u30FC-\\u30FF\\u31F0-\\u31FF\\uFF66-\\uFF9D';
const hangul = '\\u3131-\\u318E\\uAC00-\\uD7A3\\uFFA0-\\uFFDC';
const thai = '\\u0E01-\\u0E3A\\u0E40-\\u0E4E';
const lao = '\\u0E81-\\u0ECD\\u0EDC-\\u0EDF';
const khmer = '\\u1780-\\u17D3\\u17D7\\u17DC\\u17DD';
const myanmar = '\\u1000-\\u103F\\u1050-\\u108F\\uAA60-\\uAA7F\\uA9E0-\\uA9EF';
/** Hangul that is spelled letter by letter, as file names on a Mac are. */
const jamo = '\\u1100-\\u11FF\\uA960-\\uA97C\\uD7B0-\\uD7FB';

const unspaced = han + kana + hangul + thai + lao + khmer + myanmar;

/** One character of an unspaced script, as a person counts it: with its voicing marks, and a syllable of jamo as one. */
export const unit =
  '(?:[\\u1100-\\u115F\\uA960-\\uA97C][\\u1160-\\u11A7\\uD7B0-\\uD7C6]?[\\u11A8-\\u11FF\\uD7CB-\\uD7FB]?' +
  `|[${unspaced}\\u1160-\\u11FF\\uD7B0-\\uD7FB][\\u3099\\u309A\\uFF9E\\uFF9F\\uFE00-\\uFE0F]*)`;

/** Stands between the parts of one expression: `ERR_42-x`, `ada@example.com`, `/usr/local`, `https://a.b/c?d=e`, `l'eau`. */
const joiner = "[._\\-/\\\\@:+#&=%?~'\\u2019\\u2010\\u2011]{1,3}";

/**
 * The patterns of words, alone or joined; `C++` and `C#` keep their ends.
 * @param letter what a word begins with
 * @param inside what it continues with
 */
const patternsOf = (letter: string, inside: string) => {
  const word = `(?:${letter}${inside}*)`;
  return { word, expression: `${word}(?:${joiner}${word})*(?:[+#]{1,2}(?!${letter}))?` };
};

const outside = `(?![${unspaced}${jamo}])`;

/** Words of all other scripts. They continue with marks, too, and with what is hidden inside words (soft hyphen, zero-width joiners). */
export const spaced = patternsOf(
  `(?:${outside}[\\p{L}\\p{N}])`,
  `(?:${outside}[\\p{L}\\p{N}\\p{M}\\u00AD\\u200C\\u200D\\u2060])`,
);

/** The same for texts in ASCII, which is several times as fast: most texts and most words are. */
export const ascii = patternsOf('[A-Za-z0-9]', '[A-Za-z0-9]');
