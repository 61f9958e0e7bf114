/**
 * The limits of the wire. The server overrides the defaults from its environment at boot, and the page hands them to the
 * browser, so that both sides judge by the same numbers.
 */
export interface Limits {
  /** characters (Unicode code points) of a message */
  content: number;
  /** bytes of a message's metadata as JSON */
  metadata: number;
  /** rows a page */
  page: number;
  /** bytes of a JSON body or socket request */
  body: number;
  /** bytes of one upload */
  upload: number;
  /** attachments a message */
  attachments: number;
  /** participants a group */
  participants: number;
  /** kinds of reactions a message */
  reactions: number;
  /** pinned messages a conversation */
  pins: number;
}

export const defaultLimits: Limits = {
  content: 8_000,
  metadata: 4 * 1024,
  page: 100,
  body: 256 * 1024,
  upload: 100 * 1024 * 1024,
  attachments: 10,
  participants: 5_000,
  reactions: 20,
  pins: 100,
};

// One set a process, though server.ts and the routes' bundles each load this module.
const holder = globalThis as { [key: symbol]: Limits | undefined };
const key = Symbol.for('parley.limits');
holder[key] ??= { ...defaultLimits };
const current = holder[key];

export function limits(): Limits {
  return current;
}

export function setLimits(changed: Partial<Limits>): void {
  Object.assign(current, changed);
}
