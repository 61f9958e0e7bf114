import { create } from 'zustand';

export type ConnectionState = 'connected' | 'reconnecting' | 'offline';

interface Connection {
  state: ConnectionState;
  /** the disconnection lasted long enough to show a notice; a reload or a short gap does not */
  interrupted: boolean;
  /** the session has ended; the sign-in dialog is shown over the page */
  signedOut: boolean;
}

/** A node that hands over its sockets, or a proxy that restarts, takes less time and should not be noticed. */
const shownAfterMs = 1_000;
const noticeAfterMs = 2_000;

export const useConnectionStore = create<Connection>(() => ({ state: 'reconnecting', interrupted: false, signedOut: false }));

export const useConnection = () => useConnectionStore(({ state }) => state);
export const useInterrupted = () => useConnectionStore(({ interrupted }) => interrupted);
export const useSignedOut = () => useConnectionStore(({ signedOut }) => signedOut);

let timers: ReturnType<typeof setTimeout>[] = [];

/** Called whenever the socket connects, disconnects or fails to connect. */
export function setConnected(connected: boolean): void {
  if (connected) {
    stopTimers();
    useConnectionStore.setState({ state: 'connected', interrupted: false, signedOut: false });
    return;
  }
  // The browser knows at once when there is no network at all, so show that without delay.
  if (!navigator.onLine || useConnectionStore.getState().state !== 'connected') showDisconnected();
  // Further failed attempts belong to the same interruption.
  if (timers.length > 0) return;
  timers = [
    setTimeout(showDisconnected, shownAfterMs),
    setTimeout(() => useConnectionStore.setState({ interrupted: true }), noticeAfterMs),
  ];
}

const showDisconnected = () => useConnectionStore.setState({ state: navigator.onLine ? 'reconnecting' : 'offline' });

/** Shows the sign-in dialog instead of a notice about the connection, because waiting will not restore it. */
export function setSignedOut(): void {
  stopTimers();
  showDisconnected();
  useConnectionStore.setState({ signedOut: true, interrupted: false });
}

function stopTimers(): void {
  for (const timer of timers) clearTimeout(timer);
  timers = [];
}
