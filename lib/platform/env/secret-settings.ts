/** Variables whose value nobody but Parley has to see. */
export const isSecret = (name: string): boolean => /SECRET|TOKEN|CODE|KEY|DATABASE_.*URL|REDIS_URL/.test(name);

/** What must not be told of these settings: secrets, and of an address the password in it. */
export function secretsIn(settings: Record<string, unknown>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!isSecret(name) || typeof value !== 'string') return [];
    return name.endsWith('_URL') ? passwordIn(value) : [value];
  });
}

/** As it was written, as a parser of addresses writes it, and as it is sent. */
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
