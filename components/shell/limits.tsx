'use client';
import type { ReactNode } from 'react';
import { type Limits, setLimits } from '@/lib/platform/limits/schema';

/** Passes the server's limits to the browser, so that both validate with the same numbers. */
export function LimitsProvider({ limits, children }: { limits: Limits; children: ReactNode }) {
  if (typeof window !== 'undefined') setLimits(limits);
  return children;
}
