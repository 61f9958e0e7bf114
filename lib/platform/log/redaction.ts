import { processSingleton } from '@/lib/platform/process/singleton';

/** Shorter values are not redacted, because they would match ordinary words and numbers. */
const minLength = 6;

/** Redacts these values from now on, wherever they appear in the log. */
export function registerSecret(values: string[]): void {
  for (const value of values) if (value.length >= minLength) for (const form of formsOf(value)) secrets().add(form);
}

/** Replaces every registered secret in the text. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets()) clean = clean.replaceAll(secret, '[secret]');
  return clean;
}

/** The secret itself, as in JSON, and as in a URL. */
const formsOf = (value: string) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];

const secrets = () => processSingleton('secrets', () => new Set<string>());
