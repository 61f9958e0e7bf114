'use client';
import { create } from 'zustand';

interface SearchState {
  isOpen: boolean;
  /** the conversation that the panel was last opened for; null: everywhere */
  scope: string | null;
  /** the kind of messages that it was last opened for */
  kind: 'image' | 'file' | 'link' | 'pinned' | null;
  /** grows each time it is opened, also while it is open */
  opened: number;
}

/** Whether the search panel is open. What is searched for is in session.ts, which is loaded with the panel. */
export const useSearchState = create<SearchState>(() => ({ isOpen: false, scope: null, kind: null, opened: 0 }));

/**
 * Opens the panel, or moves the focus into it.
 * @param scope the conversation to search in
 * @param kind what messages there must have
 */
export function openSearch(scope: string | null = null, kind: SearchState['kind'] = null): void {
  useSearchState.setState(({ opened }) => ({ isOpen: true, scope, kind, opened: opened + 1 }));
}

export const closeSearch = (): void => useSearchState.setState({ isOpen: false });

/** Opens the panel as it was left. */
export const resumeSearch = (): void => useSearchState.setState({ isOpen: true });
