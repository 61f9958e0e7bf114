import { processSingleton } from '@/lib/platform/process/singleton';

/** Whether this process is shutting down. It finishes what is in flight, and accepts nothing new. */
export const isDraining = (): boolean => state().draining;

export function setDraining(draining: boolean): void {
  state().draining = draining;
}

const state = () => processSingleton('draining', () => ({ draining: false }));
