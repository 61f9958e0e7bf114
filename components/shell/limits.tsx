'use client';
import type { ReactNode } from 'react';
import { type Limits, setLimits } from '@/lib/platform/limits/schema';

/** Hands the server's limits to the browser, so that both sides judge by the same numbers. */
export function LimitsProvider({ limits, children }: { limits: Limits; children: ReactNode }) {
  if (typeof window !== 'undefined') setLimits(limits);
  return children;
}
