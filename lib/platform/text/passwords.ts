/**
 * The form of a password that is hashed: OpaqueString of RFC 8265 (blanks become U+0020, no trimming, case-sensitive), but NFKC instead
 * of NFC, so that full-width characters of an input method match.
 */
export const canonicalPassword = (typed: string): string => typed.replace(/\p{Zs}/gu, ' ').normalize('NFKC');
