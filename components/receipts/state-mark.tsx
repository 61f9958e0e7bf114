import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import type { Mark } from '@/client/receipts/marks';

/** A clock while sending, one tick sent, two delivered, two in accent read. */
export function StateMark({ mark }: { mark: Mark }) {
  const { name, Glyph, colour } = marks[mark];
  return (
    <span role="img" aria-label={name} title={name} data-state={mark} className={colour}>
      <Glyph aria-hidden className="size-3.5!" />
    </span>
  );
}

const marks = {
  sending: { name: 'Sending', Glyph: Clock3, colour: 'text-faint' },
  sent: { name: 'Sent', Glyph: Check, colour: 'text-faint' },
  delivered: { name: 'Delivered', Glyph: CheckCheck, colour: 'text-faint' },
  read: { name: 'Read', Glyph: CheckCheck, colour: 'text-accent-text' },
  failed: { name: 'Not sent', Glyph: CircleAlert, colour: 'text-danger' },
};
