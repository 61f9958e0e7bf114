import { clsx } from 'clsx';
import { useNames } from '@/client/intl/names';
import { useTranslations } from '@/client/intl/translations';
import { Face } from '@/components/ui/face';
import type { Sender } from '@/lib/domain/users/schema';

const shown = 3;
/** Maximum number beside the text on a phone. */
const shownNarrow = 2;

/** The people who have read up to this message. */
export function ReaderFaces({ readers }: { readers: Sender[] }) {
  const t = useTranslations('messages.receipts');
  const list = useNames();
  const said = t('readBy', { people: list.inText(readers.map(({ name }) => name)) });
  const more = readers.length - shown;
  return (
    <span role="img" aria-label={said} title={said} className="-space-x-1 max-sm:-space-x-2 flex items-center">
      {readers.slice(0, shown).map(({ id, name, image }, index) => (
        <span key={id} className={clsx('shrink-0 rounded-full ring-1 ring-bg', index >= shownNarrow && 'max-sm:hidden')}>
          <Face id={id} name={name} image={image} size={16} />
        </span>
      ))}
      {more > 0 && (
        <span className="ps-2 text-faint text-xs tabular-nums max-sm:hidden">{t('more', { count: Math.min(more, 99) })}</span>
      )}
    </span>
  );
}
