import { useEffect } from 'react';
import { create } from 'zustand';

interface Target {
  conversationId: string;
  name: string;
}

const useTarget = create<{ target: Target | null }>(() => ({ target: null }));

/** Where dropped files go: the conversation that one writes in now, if any. */
export const useDropTarget = () => useTarget(({ target }) => target);

/** Says that files are for this conversation, for as long as it is on screen. */
export function useTakeDrops(conversationId: string, name: string): void {
  useEffect(() => {
    const target = { conversationId, name };
    useTarget.setState({ target });
    return () => useTarget.setState((now) => (now.target === target ? { target: null } : now));
  }, [conversationId, name]);
}
