/** The composer of the conversation on screen, for code that moves the focus to it. */
let input: HTMLTextAreaElement | null = null;

export const setComposer = (element: HTMLTextAreaElement | null) => {
  input = element;
};

export function focusComposer(): void {
  // After the menu that called this has returned the focus.
  requestAnimationFrame(() => setTimeout(() => input?.focus()));
}
