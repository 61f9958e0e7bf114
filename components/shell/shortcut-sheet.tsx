'use client';
import { useIsApple } from '@/client/browser/mounted';
import { useTranslations } from '@/client/intl/translations';
import { keysOf, type ShortcutName, shortcuts } from '@/components/shell/shortcuts';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';

/** Keys that parts of the page handle themselves, as written on the keys. */
const inPlace = {
  editLast: '↑',
  newLine: 'Shift Enter',
  walkMessages: '↑ ↓',
  pin: 'P',
  backToComposer: 'Esc',
} as const;

/** Every shortcut: those of the frame from the table that its handler reads. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shortcuts');
  const ui = useTranslations('ui');
  const isApple = useIsApple();
  const names = Object.keys(shortcuts) as ShortcutName[];
  return (
    <Dialog open onOpenChange={onClose} title={t('title')}>
      <Keys title={t('everywhere')} rows={names.map((name) => [t(`frame.${name}`), keysOf(name, isApple, ui('ctrl'))])} />
      <Keys
        title={t('inConversation')}
        rows={(Object.keys(inPlace) as (keyof typeof inPlace)[]).map((name) => [t(`inPlace.${name}`), inPlace[name]])}
      />
    </Dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: [label: string, keys: string][] }) {
  return (
    <section className="pb-3">
      <h3 className="pb-1 font-medium text-muted text-sm">{title}</h3>
      <dl>
        {rows.map(([label, keys]) => (
          <div key={label} className="flex min-h-9 items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd>
              <Kbd>{keys}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
