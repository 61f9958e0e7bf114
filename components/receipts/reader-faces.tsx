import { Face } from '@/components/ui/face';
import type { Sender } from '@/lib/users/schema';

const shown = 4;

/** Who has read up to this message. */
export function ReaderFaces({ readers }: { readers: Sender[] }) {
  const names = readers.map(({ name }) => name).join(', ');
  return (
    <span role="img" aria-label={`Read by ${names}`} title={`Read by ${names}`} className="flex -space-x-1">
      {readers.slice(0, shown).map(({ id, name, image }) => (
        <span key={id} className="rounded-full ring-1 ring-bg [&>*]:size-4 [&>*]:text-[0.5rem]">
          <Face id={id} name={name} image={image} size={20} />
        </span>
      ))}
      {readers.length > shown && <span className="pl-2 text-faint text-xs">+{readers.length - shown}</span>}
    </span>
  );
}
