// Blank by their glyph alone: the braille pattern without dots, a musical notehead without one, and what stands for an object
// that is not in the text. Hangul fillers, tags and selectors are among the default ignorable. Emoji to come are not assigned
// yet, but their places are: to a newer device they show something.
const visible =
  /[[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cn}\p{Cs}\u2800\u{1D159}\uFFFC][\p{Extended_Pictographic}--\p{Default_Ignorable_Code_Point}]]/v;

/** Whether anything of a text can be seen. What shows nothing counts as empty. */
export const showsSomething = (text: string): boolean => visible.test(text);
