'use client';
import { setNonce } from 'get-nonce';

/** Sets the CSP nonce for the style element that the scroll lock of menus inserts. */
export function Nonce({ value }: { value: string | undefined }) {
  if (value && typeof window !== 'undefined') setNonce(value);
  return null;
}
