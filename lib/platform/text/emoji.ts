/** Says that what it follows is to be shown as a picture, not as a letter (UTS #51). */
const selector = '\uFE0F';

// What takes a selector: emoji that are letters by themselves. Not digits, # and *, which are emoji in keycaps only.
const asLetter = /(?![0-9#*])(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})|[0-9#*](?=\u20E3)/gu;

/**
 * The one way to write an emoji (UTS #51): with the presentation selector wherever the emoji needs one, and nowhere else. So `❤`
 * becomes `❤️` and `👍️` becomes `👍`, also inside of sequences. Any text is taken; only what it has of emoji changes.
 */
export function canonicalEmoji(text: string): string {
  return text.replace(/[\uFE0E\uFE0F]/g, '').replace(asLetter, `$&${selector}`);
}

/** The newest version of Emoji that every Node and browser we support knows: what is offered must be accepted. Node 20 came with 15.0. */
export const offeredEmojiVersion = 15;

const oneEmoji = /^\p{RGI_Emoji}$/v;

/** Whether a canonical text is exactly one emoji of those that the Unicode recommendation for interchange (RGI) has. */
export const isEmoji = (canonical: string): boolean => oneEmoji.test(canonical);

const onlyEmoji = /^\p{RGI_Emoji}{1,12}$/v;

/** Up to a dozen emoji and nothing else: they are shown large. Not where a selector asks for letters. */
export function isOnlyEmoji(content: string): boolean {
  // Looked at no further than a dozen emoji can be long.
  if (content.length > 192 || content.includes('\uFE0E')) return false;
  const text = content.replace(/\s/g, '');
  return text.length > 0 && onlyEmoji.test(canonicalEmoji(text));
}
