/** Minimum time between two typing requests of a client. */
export const typingEveryMs = 2_000;

/** Time after which a client removes an indicator that was not renewed. */
export const typingExpiresMs = 5_000;
