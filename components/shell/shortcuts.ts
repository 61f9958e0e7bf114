/** Keys with what is held down with them, as in 'mod+shift+f'. `mod` is ⌘ on Apple's keyboards and Ctrl elsewhere. */
export const shortcuts = {
  goTo: 'mod+k',
  search: 'mod+shift+f',
  searchBySlash: '/',
  searchHere: 'mod+f',
  shortcuts: '?',
  previousConversation: 'alt+arrowup',
  nextConversation: 'alt+arrowdown',
} as const;

export type ShortcutName = keyof typeof shortcuts;

/** The shortcut that an event is, if any. Single characters are none while somebody writes. */
export function shortcutOf(event: KeyboardEvent): ShortcutName | null {
  if (event.isComposing) return null;
  const found = (Object.keys(shortcuts) as ShortcutName[]).find((name) => isPressed(event, shortcuts[name]));
  return found && !(shortcuts[found].length === 1 && isWriting(event.target)) ? found : null;
}

function isPressed(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = event.ctrlKey || event.metaKey;
  if (event.key.toLowerCase() !== key || mod !== parts.includes('mod') || event.altKey !== parts.includes('alt')) return false;
  // A character by itself is typed with or without Shift, as the keyboard has it.
  return key.length === 1 && !mod ? true : event.shiftKey === parts.includes('shift');
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** As written on the keys: 'Ctrl Shift F', '⌘ ⇧ F'. @param ctrl how the language calls that key */
export function keysOf(name: ShortcutName, isApple: boolean, ctrl: string): string {
  const names: Record<string, string> = isApple
    ? { mod: '⌘', shift: '⇧', alt: '⌥', arrowup: '↑', arrowdown: '↓' }
    : { mod: ctrl, shift: 'Shift', alt: 'Alt', arrowup: '↑', arrowdown: '↓' };
  return shortcuts[name]
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join(' ');
}
