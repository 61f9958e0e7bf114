// The listed code points have blank glyphs: the empty braille pattern, the null notehead and the object replacement character. Hangul
// fillers, tags and selectors are default ignorable. Code points reserved for future emoji count, because newer devices show them.
const visible =
  /[[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cn}\p{Cs}\u2800\u{1D159}\uFFFC][\p{Extended_Pictographic}--\p{Default_Ignorable_Code_Point}]]/v;

/** Whether a text has a visible character. Text without one counts as empty. */
export const showsSomething = (text: string): boolean => visible.test(text);
