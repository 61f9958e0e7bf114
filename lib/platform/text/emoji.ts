/** The emoji presentation selector: shows the preceding character as an emoji, not as text (UTS #51). */
const selector = '\uFE0F';

// Emoji that need the selector because their default presentation is text. Digits, # and * need it only in keycaps.
const needsSelector = /(?![0-9#*])(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})|[0-9#*](?=\u20E3)/gu;

/**
 * Normalizes the emoji in a text (UTS #51): with the presentation selector where an emoji needs it, and nowhere else. So `❤` becomes
 * `❤️` and `👍️` becomes `👍`, also inside sequences. Other text is unchanged.
 */
export function canonicalEmoji(text: string): string {
  return text.replace(/[\uFE0E\uFE0F]/g, '').replace(needsSelector, `$&${selector}`);
}

/** The newest Emoji version that every supported Node and browser accepts. The picker offers no newer ones. Node 20 has 15.0. */
export const offeredEmojiVersion = 15;

const oneEmoji = /^\p{RGI_Emoji}$/v;

/** Whether a canonical text is exactly one emoji that Unicode recommends for general interchange (RGI). */
export const isEmoji = (canonical: string): boolean => oneEmoji.test(canonical);

const onlyEmoji = /^\p{RGI_Emoji}{1,12}$/v;

/** Whether a message is up to twelve emoji and nothing else, which is shown large. False when a selector requests text presentation. */
export function isOnlyEmoji(content: string): boolean {
  // Twelve emoji are never longer than this, so skip the work for long texts.
  if (content.length > 192 || content.includes('\uFE0E')) return false;
  const text = content.replace(/\s/g, '');
  return text.length > 0 && onlyEmoji.test(canonicalEmoji(text));
}
