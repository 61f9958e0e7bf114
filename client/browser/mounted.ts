'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False on the server and in the first paint, true from then on: for what only the browser can know. */
export const useMounted = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** Whether shortcuts are written with ⌘. */
export const useIsApple = (): boolean => useMounted() && /^(Mac|iP)/.test(navigator.platform);
