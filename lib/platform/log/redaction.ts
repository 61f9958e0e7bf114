import { processSingleton } from '@/lib/platform/process/singleton';

/** Shorter ones are no secrets, and would take words and numbers with them. */
const leastLength = 6;

/** From here on these never get into the log, whatever error or address they are a part of. */
export function registerSecret(values: string[]): void {
  for (const value of values) if (value.length >= leastLength) for (const form of formsOf(value)) secrets().add(form);
}

/** The text with every secret blacked out. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets()) clean = clean.replaceAll(secret, '[secret]');
  return clean;
}

/** As it is, within JSON, and within an address. */
const formsOf = (value: string) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];

const secrets = () => processSingleton('secrets', () => new Set<string>());
