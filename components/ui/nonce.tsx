'use client';
import { setNonce } from 'get-nonce';

/** Lets the style element of the menus' scroll lock pass the content security policy. */
export function Nonce({ value }: { value: string | undefined }) {
  if (value && typeof window !== 'undefined') setNonce(value);
  return null;
}
