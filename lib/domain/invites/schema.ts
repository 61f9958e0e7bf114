/** A link that lets one person in while registration is closed. */
export interface Invite {
  id: string;
  /** said once: only its hash is kept */
  url: string;
  expiresAt: string;
}

/** Milliseconds for which an invitation stands. */
export const inviteLastsMs = 7 * 24 * 60 * 60 * 1_000;
