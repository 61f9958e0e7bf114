import { useTranslations } from '@/client/intl/translations';

/** The checkbox of a task list's item. */
export function TaskBox({ checked }: { checked: boolean }) {
  const t = useTranslations('messages');
  return <input type="checkbox" checked={checked} disabled aria-label={checked ? t('taskDone') : t('taskOpen')} />;
}
