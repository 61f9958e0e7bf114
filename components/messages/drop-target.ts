import { useEffect } from 'react';
import { create } from 'zustand';

interface Target {
  conversationId: string;
  name: string;
}

const useTarget = create<{ target: Target | null }>(() => ({ target: null }));

/** The conversation that receives dropped files, if any. */
export const useDropTarget = () => useTarget(({ target }) => target);

/** Makes this conversation the target of dropped files while it is on screen. */
export function useTakeDrops(conversationId: string, name: string): void {
  useEffect(() => {
    const target = { conversationId, name };
    useTarget.setState({ target });
    return () => useTarget.setState((now) => (now.target === target ? { target: null } : now));
  }, [conversationId, name]);
}
