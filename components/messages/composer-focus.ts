/** The composer of the conversation on screen, for whoever sends the focus there. */
let input: HTMLTextAreaElement | null = null;

export const setComposer = (element: HTMLTextAreaElement | null) => {
  input = element;
};

export function focusComposer(): void {
  // After the menu that asked for it has given the focus back.
  requestAnimationFrame(() => setTimeout(() => input?.focus()));
}
