import { findEarlyPlace } from '@/app/early-place';
import { noteEarlyPress } from '@/app/early-press';

const scripts = { __html: noteEarlyPress + findEarlyPlace };

/** What runs while the page comes in, before its own scripts. */
export function EarlyScript({ nonce }: { nonce: string | undefined }) {
  // A browser does not give a nonce back to whoever reads the page, so what is there differs from what was written.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: They are constants, and as children they would be escaped.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={scripts} />;
}
