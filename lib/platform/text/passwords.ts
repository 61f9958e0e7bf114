/**
 * The form in which a password is kept and compared: OpaqueString of RFC 8265 (every blank is U+0020, nothing is trimmed, cases
 * count), but NFKC where it says NFC, so that what an input method types in full width is the same password too.
 */
export const canonicalPassword = (typed: string): string => typed.replace(/\p{Zs}/gu, ' ').normalize('NFKC');
