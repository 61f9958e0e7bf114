'use client';
import { useMemo } from 'react';
import { ApiError } from '@/client/api/api';
import { type Translator, useTranslations } from '@/client/intl/translations';
import type { Reason, WireError } from '@/lib/platform/errors/schema';
import { limits } from '@/lib/platform/limits/schema';

/** As much of a refusal as is needed to say it. */
export type Refusal = Pick<WireError, 'code' | 'reason' | 'fields' | 'fieldReasons' | 'retryAfter'>;

/** Says refusals in the reader's language. */
export interface Problems {
  /** @param otherwise of what is no refusal: a fault of this page */
  say: (error: unknown, otherwise?: string) => string;
  /** by field; empty when it is about none in particular */
  fields: (error: unknown) => Record<string, string>;
}

export function useProblems(): Problems {
  const t = useTranslations('errors');
  return useMemo(() => createProblems(t), [t]);
}

export function createProblems(t: Translator<'errors'>): Problems {
  return {
    say: (error, otherwise) => (error instanceof ApiError ? sayRefusal(error, t) : (otherwise ?? t('UNAVAILABLE'))),
    fields: (error) => (error instanceof ApiError ? sayFields(error, t) : {}),
  };
}

/** By its reason, by that of its first field, else by its code. */
export function sayRefusal(refusal: Refusal, t: Translator<'errors'>): string {
  const { code, reason = Object.values(refusal.fieldReasons ?? {})[0], retryAfter = 1 } = refusal;
  // The server may be newer than this page.
  if (reason && t.has(`reasons.${reason}`)) return sayReason(reason, t);
  if (code === 'RATE_LIMIT_EXCEEDED') return t(code, { count: retryAfter });
  return t.has(code) ? t(code) : t('UNAVAILABLE');
}

function sayFields({ fields, fieldReasons }: ApiError, t: Translator<'errors'>): Record<string, string> {
  const said = Object.keys(fields).map((field) => {
    const reason = fieldReasons[field];
    return [field, reason && t.has(`reasons.${reason}`) ? sayReason(reason, t) : t('VALIDATION_FAILED')] as const;
  });
  return Object.fromEntries(said);
}

function sayReason(reason: Reason, t: Translator<'errors'>): string {
  if (reason === 'GROUP_FULL') return t(`reasons.${reason}`, { limit: limits().participants });
  if (reason === 'TOO_MANY_REACTIONS') return t(`reasons.${reason}`, { limit: limits().reactions });
  if (reason === 'TOO_MANY_ATTACHMENTS') return t(`reasons.${reason}`, { limit: limits().attachments });
  return t(`reasons.${reason}`);
}
