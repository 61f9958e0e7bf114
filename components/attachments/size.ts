'use client';
import { useFormatter } from '@/client/intl/translations';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Formats file sizes in the reader's language: '3.4 MB', '3,4 Mo'. In steps of 1,024. */
export function useSize(): (bytes: number) => string {
  const { number } = useFormatter();
  return (bytes) => {
    let size = bytes;
    let unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit += 1;
    }
    const written = number(size, {
      style: 'unit',
      unit: units[unit],
      unitDisplay: unit === 0 ? 'long' : 'short',
      maximumFractionDigits: unit === 0 || size >= 100 ? 0 : 1,
    });
    // Node and browsers disagree on the narrow space.
    return written.replaceAll('\u202f', '\u00a0');
  };
}
