'use client';
import { useEffect } from 'react';

declare global {
  interface Window {
    /** ends the noting; gives the button that was pressed last, unless something else was done since */
    takeEarlyPress?: () => HTMLElement | null;
  }
}

/** What was pressed while the page was painted and its scripts were on their way happens now: the last press, unless something else was done since. */
export function useEarlyPress(): void {
  useEffect(() => {
    const button = window.takeEarlyPress?.();
    if (!button?.isConnected) return;
    // A menu opens as the button goes down, everything else as it comes up.
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, pointerType: 'mouse' }));
    button.click();
  }, []);
}
