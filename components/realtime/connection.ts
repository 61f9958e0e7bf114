import { create } from 'zustand';

export type ConnectionState = 'connected' | 'reconnecting' | 'offline';

interface Connection {
  state: ConnectionState;
  /** it lasts long enough to be told; a reload or a moment in a tunnel does not */
  interrupted: boolean;
  /** the session has ended: sign in again, on top of what is on screen */
  signedOut: boolean;
}

const toldAfterMs = 2_000;

export const useConnectionStore = create<Connection>(() => ({ state: 'reconnecting', interrupted: false, signedOut: false }));

export const useConnection = () => useConnectionStore(({ state }) => state);
export const useInterrupted = () => useConnectionStore(({ interrupted }) => interrupted);
export const useSignedOut = () => useConnectionStore(({ signedOut }) => signedOut);

let timer: ReturnType<typeof setTimeout> | undefined;

export function setConnected(connected: boolean): void {
  clearTimeout(timer);
  if (connected) {
    useConnectionStore.setState({ state: 'connected', interrupted: false, signedOut: false });
    return;
  }
  useConnectionStore.setState({ state: navigator.onLine ? 'reconnecting' : 'offline' });
  timer = setTimeout(() => useConnectionStore.setState({ interrupted: true }), toldAfterMs);
}

export const setSignedOut = () => useConnectionStore.setState({ signedOut: true });
