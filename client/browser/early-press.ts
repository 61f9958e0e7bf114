'use client';
import { useEffect } from 'react';

declare global {
  interface Window {
    /** stops recording; returns the button that was pressed last, unless other input followed */
    takeEarlyPress?: () => HTMLElement | null;
  }
}

/** Replays the last press on a button that happened before the page was hydrated, unless other input followed. */
export function useEarlyPress(): void {
  useEffect(() => {
    const button = window.takeEarlyPress?.();
    if (!button?.isConnected) return;
    // Menus open on pointerdown, all other buttons act on click.
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, pointerType: 'mouse' }));
    button.click();
  }, []);
}
