import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import type { Mark } from '@/client/receipts/marks';

/** A clock while sending, one tick sent, two delivered, two in accent read. */
export function StateMark({ mark }: { mark: Mark }) {
  const { Glyph, colour } = marks[mark];
  const name = useTranslations('messages.receipts')(mark);
  return (
    <span role="img" aria-label={name} title={name} data-state={mark} className={colour}>
      <Glyph aria-hidden className="size-3.5!" />
    </span>
  );
}

const marks = {
  sending: { Glyph: Clock3, colour: 'text-faint' },
  sent: { Glyph: Check, colour: 'text-faint' },
  delivered: { Glyph: CheckCheck, colour: 'text-faint' },
  read: { Glyph: CheckCheck, colour: 'text-accent-text' },
  failed: { Glyph: CircleAlert, colour: 'text-danger' },
};
