import type { CompiledMessage } from 'icu-minify/format';
import type { ReactNode } from 'react';

/** A value of a message: a text, a number, an element, or for a tag a function that wraps its content. */
type Value = ReactNode | ((chunks: ReactNode[]) => ReactNode);
type Values = Record<string, Value>;
type Node = string | 0 | readonly unknown[];
type Forms = Record<string, Node>;

interface Formatters {
  getNumberFormat: (locale: string) => Intl.NumberFormat;
  getPluralRules: (locale: string, options: Intl.PluralRulesOptions) => Intl.PluralRules;
}

interface Scope {
  values: Values;
  locale: string;
  formatters: Formatters;
  /** the value of `#` within a plural */
  count?: number;
}

// The node kinds of icu-minify's compiler that catalogues use; tests/unit/compiled-catalogues.test.ts checks that there are no
// others.
const plural = 2;
const number = 4;

/**
 * Formats a message that app/catalogues.ts has compiled. next.config.mjs replaces `use-intl/format-message` by this module, so
 * that pages need no ICU parser. Unlike icu-minify's own formatter it inserts elements unchanged. It throws for a missing value.
 * @returns text if all inserted values are text, otherwise the pieces in a list
 */
export default function formatMessage(
  _key: string,
  message: CompiledMessage,
  values: Values | undefined,
  { locale, formatters }: { locale: string; formatters: Formatters },
): ReactNode {
  if (typeof message === 'string') return message;
  const pieces = formatAll(message, { values: values ?? {}, locale, formatters });
  return pieces.length > 1 || typeof pieces[0] === 'object' ? pieces : (pieces[0] ?? '');
}

/** use-intl's flag of a formatter for compiled messages. */
formatMessage.raw = false;

/** Consecutive texts are joined. */
function formatAll(nodes: readonly unknown[], scope: Scope): ReactNode[] {
  const pieces: ReactNode[] = [];
  for (const piece of nodes.flatMap((node) => formatNode(node as Node, scope))) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
}

function formatNode(node: Node, scope: Scope): ReactNode | ReactNode[] {
  if (typeof node === 'string') return node;
  if (node === 0) return formatNumber(scope.count ?? 0, scope);
  const [name, kind, ...rest] = node as [string, unknown, ...unknown[]];
  const value = scope.values[name];
  if (value === undefined || value === null) throw new Error(`The value "${name}" is missing.`);
  if (kind === undefined) return typeof value === 'object' ? (value as ReactNode) : String(value);
  if (kind === plural) return formatPlural(rest[0] as Forms, Number(value), scope);
  if (kind === number) return formatNumber(Number(value), scope);
  if (typeof value !== 'function') throw new Error(`The value "${name}" is no function.`);
  return value(formatAll([kind, ...rest], scope));
}

function formatPlural(forms: Forms, count: number, scope: Scope): ReactNode[] {
  const category = scope.formatters.getPluralRules(scope.locale, { type: 'cardinal' }).select(count);
  const form = forms[`=${count}`] ?? forms[category] ?? forms.other ?? '';
  return formatAll(Array.isArray(form) ? form : [form], { ...scope, count });
}

const formatNumber = (value: number, { formatters, locale }: Scope): string => formatters.getNumberFormat(locale).format(value);
