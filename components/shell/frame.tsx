'use client';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { ownClock } from '@/client/browser/clock-settings';
import { clampWidth, type FrameMemory, frameCookie, type Theme, writeFrame } from '@/client/browser/frame-memory';

interface Frame extends FrameMemory {
  /** the panel as a sheet over the conversation, on narrow screens; not stored */
  sheetOpen: boolean;
  /** the panel was opened at the current address, not at an earlier one or in an earlier visit */
  panelOpenedHere: boolean;
  /** the open dialog of the frame */
  dialog: FrameDialog;
  setTheme: (theme: Theme) => void;
  setSidebarWidth: (width: number) => void;
  /** toggles the panel, or the sheet on narrow screens */
  togglePanel: () => void;
  openPanel: () => void;
  closePanel: () => void;
  closeSheet: () => void;
  /** called on navigation: the panel stays open, but no longer belongs to the current address */
  leavePanel: () => void;
  toggleSection: (name: string) => void;
  finishWelcome: () => void;
  openDialog: (dialog: FrameDialog) => void;
}

export type FrameDialog = null | 'palette' | 'shortcuts' | 'direct' | 'group' | 'browse' | 'invite' | 'status';

const FrameContext = createContext<StoreApi<Frame> | null>(null);

/** Provides the state of the frame, initialized from the cookie, so that server and browser render the same. */
export function FrameProvider({ memory, children }: { memory: FrameMemory; children: ReactNode }) {
  const [store] = useState(() => createFrame(memory));
  useEffect(() => {
    const unsubscribe = store.subscribe(saveFrame);
    const { zone, locale } = ownClock();
    if (zone !== store.getState().zone || locale !== store.getState().locale) store.setState({ zone, locale });
    return unsubscribe;
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
    openPanel: () =>
      set((frame) =>
        isWide() ? { panelOpen: true, panelOpenedHere: frame.panelOpenedHere || !frame.panelOpen } : { sheetOpen: true },
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

/** Whether the panel fits beside the conversation: the `lg` breakpoint of tokens.css. */
const isWide = () => window.matchMedia('(min-width: 64rem)').matches;

const yearSeconds = 365 * 24 * 60 * 60;

function saveFrame(frame: Frame): void {
  const { theme, sidebarWidth, panelOpen, folded, welcomed, zone, locale } = frame;
  document.documentElement.dataset.theme = theme;
  const value = writeFrame({ theme, sidebarWidth, panelOpen, folded, welcomed, zone, locale });
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${frameCookie}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
