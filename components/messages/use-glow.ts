import { useCallback, useEffect, useRef, useState } from 'react';

const glowsForMs = 2_000;

/** The message to which the reader was just led, for a moment. */
export function useGlow(): [string | null, (messageId: string | null) => void] {
  const [glowing, setGlowing] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const glow = useCallback((messageId: string | null) => {
    clearTimeout(timer.current);
    setGlowing(messageId);
    timer.current = setTimeout(() => setGlowing(null), glowsForMs);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [glowing, glow];
}
