import { create } from 'zustand';

export type ConnectionState = 'connected' | 'reconnecting' | 'offline';

interface Connection {
  state: ConnectionState;
  /** it lasts long enough to be told; a reload or a moment in a tunnel does not */
  interrupted: boolean;
  /** the session has ended: sign in again, on top of what is on screen */
  signedOut: boolean;
}

/** A node that hands its sockets over to another one, or a proxy that restarts, is back sooner: not worth a word. */
const shownAfterMs = 1_000;
const toldAfterMs = 2_000;

export const useConnectionStore = create<Connection>(() => ({ state: 'reconnecting', interrupted: false, signedOut: false }));

export const useConnection = () => useConnectionStore(({ state }) => state);
export const useInterrupted = () => useConnectionStore(({ interrupted }) => interrupted);
export const useSignedOut = () => useConnectionStore(({ signedOut }) => signedOut);

let timers: ReturnType<typeof setTimeout>[] = [];

/** Told each time a connection stands, is lost, or could not be had. */
export function setConnected(connected: boolean): void {
  if (connected) {
    stopTimers();
    useConnectionStore.setState({ state: 'connected', interrupted: false, signedOut: false });
    return;
  }
  // That there is no network at all the browser knows at once.
  if (!navigator.onLine || useConnectionStore.getState().state !== 'connected') showAway();
  // It is one interruption, however many tries fail.
  if (timers.length > 0) return;
  timers = [
    setTimeout(showAway, shownAfterMs),
    setTimeout(() => useConnectionStore.setState({ interrupted: true }), toldAfterMs),
  ];
}

const showAway = () => useConnectionStore.setState({ state: navigator.onLine ? 'reconnecting' : 'offline' });

/** No wait brings this connection back, so none is told of: whoever is signed out is asked to sign in. */
export function setSignedOut(): void {
  stopTimers();
  showAway();
  useConnectionStore.setState({ signedOut: true, interrupted: false });
}

function stopTimers(): void {
  for (const timer of timers) clearTimeout(timer);
  timers = [];
}
