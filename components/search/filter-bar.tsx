'use client';
import { CalendarDays, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { useChipWords } from '@/components/search/chip-words';
import { type Chip, useSession, withChip } from '@/components/search/session';
import { useClock } from '@/components/shell/clock';
import { Popover } from '@/components/ui/popover';

/** The chosen filters, and buttons to add others. @param onChosen moves the focus back to the field */
export function FilterBar({ onChosen }: { onChosen: () => void }) {
  const t = useTranslations('search');
  const { typed, chips, change } = useSession();
  const chipWords = useChipWords();
  const begin = (operator: string) => {
    change({ typed: `${typed.trimEnd()} ${operator}:`.trimStart() });
    onChosen();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex container in every browser
    <div role="group" aria-label={t('filters')} className="flex shrink-0 flex-wrap gap-1.5 border-line border-b px-3 py-2">
      {chips.map((chip) => (
        <ChosenChip
          key={`${chip.name} ${chip.value}`}
          words={chipWords(chip)}
          onRemove={() => {
            change({ chips: chips.filter((other) => other !== chip) });
            onChosen();
          }}
        />
      ))}
      <button type="button" className={addClass} onClick={() => begin('from')}>
        {t('from')}
      </button>
      <button type="button" className={addClass} onClick={() => begin('in')}>
        {t('in')}
      </button>
      <button type="button" className={addClass} onClick={() => begin('has')}>
        {t('kind')}
      </button>
      <DateChoice onChosen={onChosen} />
    </div>
  );
}

const chipClass =
  'inline-flex h-7 max-w-full items-center gap-1 rounded-full px-2.5 text-sm transition-colors touch:h-9 touch:px-3';
const addClass = `${chipClass} border border-line-strong border-dashed text-muted hover:bg-hover hover:text-text`;

function ChosenChip({ words, onRemove }: { words: string; onRemove: () => void }) {
  const t = useTranslations('search');
  return (
    <button
      type="button"
      aria-label={t('removeFilter', { filter: words })}
      onClick={onRemove}
      className={`${chipClass} bg-accent-soft font-medium text-accent-text`}
    >
      <span className="truncate">{words}</span>
      <X aria-hidden className="size-3.5!" />
    </button>
  );
}

const names = ['on', 'after', 'before'] as const;

/** Date filters. The browser's own calendar knows the reader's language and first day of the week. */
function DateChoice({ onChosen }: { onChosen: () => void }) {
  const t = useTranslations('search');
  const clock = useClock();
  const [isOpen, setIsOpen] = useState(false);
  const { chips, change } = useSession();
  const today = clock.dayKey(new Date().toISOString());
  const choose = (name: (typeof names)[number], value: string) => {
    const others: Chip[] = chips.filter((chip) => chip.name !== name);
    change({ chips: value ? withChip(others, { name, value }) : others });
  };
  return (
    <Popover
      label={t('date')}
      open={isOpen}
      onOpenChange={(next) => {
        setIsOpen(next);
        if (!next) onChosen();
      }}
      onCloseAutoFocus={(event) => event.preventDefault()}
      className="flex w-64 flex-col gap-3 p-3"
      trigger={
        <button type="button" className={addClass}>
          <CalendarDays aria-hidden className="size-3.5!" />
          {t('date')}
        </button>
      }
    >
      {names.map((name) => (
        <label key={name} className="flex items-center justify-between gap-3 text-sm">
          {t(name)}
          <input
            type="date"
            max={today}
            value={chips.find((chip) => chip.name === name)?.value ?? ''}
            onChange={(event) => choose(name, event.target.value)}
            className="field h-9 w-40 touch:h-11"
          />
        </label>
      ))}
    </Popover>
  );
}
