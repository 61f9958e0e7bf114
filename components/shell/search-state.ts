'use client';
import { create } from 'zustand';

interface SearchState {
  isOpen: boolean;
  /** the conversation that the panel was last opened for; null: everywhere */
  scope: string | null;
  /** grows each time it is opened, also while it is open */
  opened: number;
}

/** Whether the search panel is open. What is searched for is in session.ts, which is loaded with the panel. */
export const useSearchState = create<SearchState>(() => ({ isOpen: false, scope: null, opened: 0 }));

/** Opens the panel, or moves the focus into it. @param scope the conversation to search in */
export function openSearch(scope: string | null = null): void {
  useSearchState.setState(({ opened }) => ({ isOpen: true, scope, opened: opened + 1 }));
}

export const closeSearch = (): void => useSearchState.setState({ isOpen: false });

/** Opens the panel as it was left. */
export const resumeSearch = (): void => useSearchState.setState({ isOpen: true });
