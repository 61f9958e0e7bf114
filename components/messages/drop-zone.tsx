'use client';

import { clsx } from 'clsx';
import { Ban, Paperclip } from 'lucide-react';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { entriesOf, filesOfDrop, sayDropProblem } from '@/components/attachments/dropped';
import { addFiles } from '@/components/attachments/uploads';
import { useDropTarget } from '@/components/messages/drop-target';
import { useFileDrag } from '@/components/messages/use-file-drag';
import { toast } from '@/components/ui/toast';
import { limits } from '@/lib/platform/limits/schema';

/** Files can be dropped anywhere in the window. The open conversation receives them. */
export function DropZone() {
  const t = useTranslations('messages');
  const attachments = useTranslations('attachments');
  const target = useDropTarget();
  const isOver = useFileDrag((data) => {
    const reason = refusal(target !== null);
    if (target && !reason) void attach(target.conversationId, data, attachments);
    else if (reason) toast(t(reason), { kind: 'failed' });
  });
  if (!isOver) return null;
  const reason = refusal(target !== null);
  return (
    <div
      className={clsx(
        'pointer-events-none fixed inset-2 z-50 flex animate-appear items-center justify-center gap-2 rounded-lg border-2 border-dashed px-6 text-center font-medium text-md',
        reason ? 'border-line-strong bg-surface text-muted' : 'border-accent bg-accent-soft text-accent-text',
      )}
    >
      {reason ? (
        <>
          <Ban aria-hidden /> {t(reason)}
        </>
      ) : (
        <>
          <Paperclip aria-hidden />
          <span className="min-w-0 break-words">{t.rich('dropFor', { conversation: target?.name ?? '' })}</span>
        </>
      )}
    </div>
  );
}

async function attach(conversationId: string, data: DataTransfer, t: Translator<'attachments'>): Promise<void> {
  const { files, problems } = await filesOfDrop(entriesOf(data), limits().attachments);
  addFiles(conversationId, files);
  for (const problem of problems) toast(sayDropProblem(problem, limits().attachments, t), { kind: 'failed' });
}

/** The reason why files cannot be dropped now; null when they can. */
function refusal(hasTarget: boolean): 'closeFirst' | 'openFirst' | null {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return 'closeFirst';
  return hasTarget ? null : 'openFirst';
}
