import { z } from 'zod';
import { limits } from '@/lib/platform/limits/schema';

/** A whole number that may come as text, as it does in a query string. */
export const wholeNumberSchema = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
  z.number('Expected a whole number.').int('Expected a whole number.'),
);

/** The most that a counter's column holds: `seq` and `rev` are int4. */
const mostOfCounter = 2_147_483_647;

/** A `seq` or a `rev`, or none yet. */
export const counterSchema = wholeNumberSchema.refine((count) => count >= 0 && count <= mostOfCounter, 'Out of range.');

/** Rows a page: at least 1, and over the maximum it means the maximum. */
export const limitSchema = (standard: number, max = () => limits().page) =>
  wholeNumberSchema
    .refine((count) => count >= 1, 'At least 1.')
    .transform((count) => Math.min(count, max()))
    .default(standard);

/** An opaque place in a list, as a previous page gave it. */
export const cursorSchema = z.string().min(1).max(500);
