'use client';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { ownClock } from '@/client/browser/clock-settings';
import { clampWidth, type FrameMemory, frameCookie, type Theme, writeFrame } from '@/client/browser/frame-memory';

interface Frame extends FrameMemory {
  /** the panel where it covers the conversation: not remembered */
  sheetOpen: boolean;
  /** the panel was opened at this address: not by an earlier visit, and before no other */
  panelOpenedHere: boolean;
  /** which dialog of the frame is open */
  dialog: FrameDialog;
  setTheme: (theme: Theme) => void;
  setSidebarWidth: (width: number) => void;
  /** opens or closes the panel, in the way that the width of the page gives it */
  togglePanel: () => void;
  closePanel: () => void;
  closeSheet: () => void;
  /** the panel stays, and belongs to no address any more */
  leavePanel: () => void;
  toggleSection: (name: string) => void;
  finishWelcome: () => void;
  openDialog: (dialog: FrameDialog) => void;
}

export type FrameDialog = null | 'palette' | 'direct' | 'group' | 'browse' | 'invite' | 'status';

const FrameContext = createContext<StoreApi<Frame> | null>(null);

/** The state of the frame, started from the cookie, so that server and browser paint the same. */
export function FrameProvider({ memory, children }: { memory: FrameMemory; children: ReactNode }) {
  const [store] = useState(() => createFrame(memory));
  useEffect(() => {
    const forget = store.subscribe(remember);
    const { zone, locale } = ownClock();
    if (zone !== store.getState().zone || locale !== store.getState().locale) store.setState({ zone, locale });
    return forget;
  }, [store]);
  return <FrameContext value={store}>{children}</FrameContext>;
}

export function useFrame<Part>(select: (frame: Frame) => Part): Part {
  const store = useContext(FrameContext);
  if (!store) throw new Error('useFrame needs a FrameProvider above it.');
  return useStore(store, select);
}

function createFrame(memory: FrameMemory): StoreApi<Frame> {
  return createStore<Frame>((set) => ({
    ...memory,
    sheetOpen: false,
    panelOpenedHere: false,
    dialog: null,
    setTheme: (theme) => set({ theme }),
    setSidebarWidth: (width) => set({ sidebarWidth: clampWidth(width) }),
    togglePanel: () =>
      set((frame) =>
        isWide() ? { panelOpen: !frame.panelOpen, panelOpenedHere: !frame.panelOpen } : { sheetOpen: !frame.sheetOpen },
      ),
    closePanel: () => set(isWide() ? { panelOpen: false, panelOpenedHere: false } : { sheetOpen: false }),
    closeSheet: () => set({ sheetOpen: false }),
    leavePanel: () => set({ panelOpenedHere: false }),
    toggleSection: (name) =>
      set(({ folded }) => ({ folded: folded.includes(name) ? folded.filter((other) => other !== name) : [...folded, name] })),
    finishWelcome: () => set({ welcomed: true }),
    openDialog: (dialog) => set({ dialog }),
  }));
}

/** Wide enough for the panel to stand beside the conversation; the `lg` of tokens.css. */
const isWide = () => window.matchMedia('(min-width: 64rem)').matches;

const yearSeconds = 365 * 24 * 60 * 60;

function remember(frame: Frame): void {
  const { theme, sidebarWidth, panelOpen, folded, welcomed, zone, locale } = frame;
  document.documentElement.dataset.theme = theme;
  const value = writeFrame({ theme, sidebarWidth, panelOpen, folded, welcomed, zone, locale });
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${frameCookie}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
