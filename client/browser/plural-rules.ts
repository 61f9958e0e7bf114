/**
 * The library of messages asks for the browser's own rules of plurals and throws without any. Where they are missing, one is one and
 * everything else is many: right in most of the languages here, and readable in all.
 */
export function supplyPluralRules(): void {
  if (typeof Intl.PluralRules === 'function') return;
  class SimpleRules {
    select(count: number): string {
      return count === 1 ? 'one' : 'other';
    }
  }
  Object.assign(Intl, { PluralRules: SimpleRules });
}
