'use client';
import { useCallback } from 'react';
import { create } from 'zustand';
import { useFrame } from '@/components/shell/frame';

/** The parts of what was shared in a conversation. */
export type SharedPart = 'pinned' | 'image' | 'file' | 'link';

interface DetailsState {
  /** the part that the details are to open next; null: none */
  part: SharedPart | null;
}

export const useDetailsState = create<DetailsState>(() => ({ part: null }));

/** Opens the details, and unfolds a part of them. */
export function useShowPart(): (part: SharedPart) => void {
  const openPanel = useFrame((frame) => frame.openPanel);
  return useCallback(
    (part) => {
      useDetailsState.setState({ part });
      openPanel();
    },
    [openPanel],
  );
}

export const partShown = (): void => useDetailsState.setState({ part: null });
