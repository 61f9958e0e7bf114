/** A client says that somebody types at most this often. */
export const typingEveryMs = 2_000;

/** And drops the indicator this long after it last heard so. */
export const typingExpiresMs = 5_000;
