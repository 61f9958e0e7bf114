import { clsx } from 'clsx';
import { Face } from '@/components/ui/face';
import type { Sender } from '@/lib/domain/users/schema';
import { listed } from '@/lib/platform/text/phrase';

const shown = 3;
/** Beside a phone's text there is room for no more. */
const shownNarrow = 2;

/** Who has read up to this message. */
export function ReaderFaces({ readers }: { readers: Sender[] }) {
  const said = `Read by ${listed(readers.map(({ name }) => name))}`;
  const more = readers.length - shown;
  return (
    <span role="img" aria-label={said} title={said} className="-space-x-1 max-sm:-space-x-2 flex items-center">
      {readers.slice(0, shown).map(({ id, name, image }, index) => (
        <span key={id} className={clsx('shrink-0 rounded-full ring-1 ring-bg', index >= shownNarrow && 'max-sm:hidden')}>
          <Face id={id} name={name} image={image} size={16} />
        </span>
      ))}
      {more > 0 && <span className="pl-2 text-faint text-xs tabular-nums max-sm:hidden">+{Math.min(more, 99)}</span>}
    </span>
  );
}
