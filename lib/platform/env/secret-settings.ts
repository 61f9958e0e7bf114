/** Whether a variable's value is secret and must not be printed. */
export const isSecret = (name: string): boolean => /SECRET|TOKEN|CODE|KEY|DATABASE_.*URL|REDIS_URL/.test(name);

/** The values that must not be logged: secret settings, and the passwords in URLs. */
export function secretsIn(settings: Record<string, unknown>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!isSecret(name) || typeof value !== 'string') return [];
    return name.endsWith('_URL') ? passwordIn(value) : [value];
  });
}

/** The password of a URL in each form that may appear in a log: as configured, as `URL` normalizes it, and decoded. */
function passwordIn(address: string): string[] {
  const written = /^[^:]+:\/\/[^:@/]*:(.*)@[^@]*$/.exec(address)?.[1] ?? '';
  const parsed = URL.canParse(address) ? new URL(address).password : '';
  return [written, parsed, decoded(written)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
