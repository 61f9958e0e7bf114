import { z } from 'zod';
import { limits } from '@/lib/platform/limits/schema';

/** A whole number that may come as text, as it does in a query string. */
const wholeNumberSchema = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
  z.number('Expected a whole number.').int('Expected a whole number.'),
);

/** The maximum of the columns `seq` and `rev`, which are int4. */
const maxCounter = 2_147_483_647;

/** A `seq` or `rev`; 0 before the first message. */
export const counterSchema = wholeNumberSchema.refine((count) => count >= 0 && count <= maxCounter, 'Out of range.');

/** Rows per page: at least 1. Larger values are capped at the maximum. */
export const limitSchema = (defaultLimit: number, max = () => limits().page) =>
  wholeNumberSchema
    .refine((count) => count >= 1, 'At least 1.')
    .transform((count) => Math.min(count, max()))
    .default(defaultLimit);

/** An opaque cursor of a previous page. */
export const cursorSchema = z.string().min(1).max(500);
