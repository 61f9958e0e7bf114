'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False on the server and during hydration, then true. For values that only the browser knows. */
export const useMounted = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** Whether the platform writes shortcuts with ⌘. */
export const useIsApple = (): boolean => useMounted() && /^(Mac|iP)/.test(navigator.platform);
