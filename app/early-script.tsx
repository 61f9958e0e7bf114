import { findEarlyPlace } from '@/app/early-place';
import { noteEarlyPress } from '@/app/early-press';

const scripts = { __html: noteEarlyPress + findEarlyPlace };

/** Runs while the page is being loaded, before its own scripts. */
export function EarlyScript({ nonce }: { nonce: string | undefined }) {
  // Browsers hide a nonce from scripts, so hydration would find a difference.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the scripts are constants, and children would be escaped
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={scripts} />;
}
