'use client';
import { useMemo } from 'react';
import { ApiError } from '@/client/api/api';
import { type Translator, useTranslations } from '@/client/intl/translations';
import type { Reason, WireError } from '@/lib/platform/errors/schema';
import { limits } from '@/lib/platform/limits/schema';

/** The fields of a refusal that its message needs. */
export type Refusal = Pick<WireError, 'code' | 'reason' | 'fields' | 'fieldReasons' | 'retryAfter'>;

/** Translates errors into the reader's language. */
export interface Problems {
  /** @param otherwise the message for an error that is not the server's */
  say: (error: unknown, otherwise?: string) => string;
  /** messages by field; empty when the error has no fields */
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

/** By the refusal's reason, otherwise that of its first field, otherwise its code. */
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
  if (reason === 'TOO_MANY_PINS') return t(`reasons.${reason}`, { limit: limits().pins });
  if (reason === 'TOO_MANY_ATTACHMENTS') return t(`reasons.${reason}`, { limit: limits().attachments });
  return t(`reasons.${reason}`);
}
