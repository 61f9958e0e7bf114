import { useCallback } from 'react';
import { useTranslations } from '@/client/intl/translations';
import type { Chip } from '@/components/search/session';
import { useClock } from '@/components/shell/clock';

/** The values that can be chosen as filters, in the order in which they are offered. */
export const kinds = {
  has: ['image', 'file', 'link', 'video', 'audio', 'reaction'],
  is: ['mention', 'unread', 'pinned'],
} as const;

type Kind = (typeof kinds)['has' | 'is'][number];

/** The label of a filter: 'From Ada Lovelace', 'After 3 November', 'Pictures'. */
export function useChipWords(): (chip: Chip) => string {
  const t = useTranslations('search');
  const clock = useClock();
  return useCallback(
    ({ name, value, label = value }) => {
      // Noon, because a date alone means midnight in UTC, which is the day before in half of the world.
      const day = () => clock.day(`${value}T12:00:00.000Z`);
      switch (name) {
        case 'from':
          return t('fromChip', { name: label });
        case 'in':
          return t('inChip', { name: label });
        case 'after':
          return t('afterChip', { day: day() });
        case 'before':
          return t('beforeChip', { day: day() });
        case 'on':
          return t('onChip', { day: day() });
        default:
          return t(`kinds.${value as Kind}`);
      }
    },
    [t, clock],
  );
}
