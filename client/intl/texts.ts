import {
  _createCache,
  _createIntlFormatters,
  createFormatter,
  createTranslator,
  type Messages,
  type NamespaceKeys,
  type NestedKeyOf,
} from 'use-intl/core';
import { supplyPluralRules } from '@/client/browser/plural-rules';
import { isolating } from '@/client/intl/isolating';
import { BoundedMap } from '@/lib/platform/memory/bounded-map';
import type { Direction } from '@/lib/platform/text/direction';

export type Namespace = NamespaceKeys<Messages, NestedKeyOf<Messages>>;

/** Formats the messages of one namespace of the catalogue: `t('save')`, `t('unread', { count })`. */
export type Translator<Of extends Namespace> = ReturnType<typeof createTranslator<Messages, Of>>;

/** The translators and formatters of one language. */
export interface Texts {
  /** a BCP 47 tag, for numbers and dates */
  locale: string;
  translator: <Of extends Namespace>(namespace: Of) => Translator<Of>;
  format: ReturnType<typeof createFormatter>;
}

interface Options {
  locale: string;
  messages: Messages;
  direction: Direction;
  timeZone?: string;
}

/** Its translators isolate every inserted text. */
export function createTexts({ locale, messages, direction, timeZone }: Options): Texts {
  supplyPluralRules();
  const { cache: _cache, formatters: _formatters } = compiledFor(locale);
  const translators = new Map<string, unknown>();
  return {
    locale,
    translator: <Of extends Namespace>(namespace: Of) => {
      const known = translators.get(namespace) as Translator<Of> | undefined;
      if (known) return known;
      const made = isolating(createTranslator<Messages, Of>({ locale, messages, namespace, _cache, _formatters }), direction);
      translators.set(namespace, made);
      return made;
    },
    format: createFormatter({ locale, timeZone, _cache, _formatters }),
  };
}

interface Compiled {
  cache: ReturnType<typeof _createCache>;
  formatters: ReturnType<typeof _createIntlFormatters>;
}

/** Messages are parsed once per process, not for every rendered page. The number is limited, because a browser may send any tag. */
const compiled = new BoundedMap<string, Compiled>(30);

function compiledFor(locale: string): Compiled {
  let found = compiled.get(locale);
  if (!found) {
    const cache = _createCache();
    found = { cache, formatters: _createIntlFormatters(cache) };
  }
  // Inserted again, so that the least recently used one is dropped first.
  compiled.set(locale, found);
  return found;
}
