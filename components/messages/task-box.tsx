import { useTranslations } from '@/client/intl/translations';

/** The box of an item of a list of tasks. */
export function TaskBox({ checked }: { checked: boolean }) {
  const t = useTranslations('messages');
  return <input type="checkbox" checked={checked} disabled aria-label={checked ? t('taskDone') : t('taskOpen')} />;
}
