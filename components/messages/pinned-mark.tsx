import { Pin } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import type { Sender } from '@/lib/domain/users/schema';

/** Says below a message that it is pinned, and by whom. */
export function PinnedMark({ by, me }: { by: Sender; me: string }) {
  const t = useTranslations('pins');
  return (
    <p data-pinned className="mt-0.5 flex items-center gap-1 text-faint text-xs">
      <Pin aria-hidden className="size-3! shrink-0" />
      <span className="min-w-0 truncate">{by.id === me ? t('byYou') : t.rich('by', { person: by.name })}</span>
    </p>
  );
}
