import { processSingleton } from '@/lib/platform/process/singleton';

/** Whether this process was told to end, and hands over what it holds: nothing new is for it. */
export const isDraining = (): boolean => state().draining;

export function setDraining(draining: boolean): void {
  state().draining = draining;
}

const state = () => processSingleton('draining', () => ({ draining: false }));
