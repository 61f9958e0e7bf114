'use client';
import { useTranslations } from '@/client/intl/translations';
import { BrowseDialog } from '@/components/conversations/browse-dialog';
import { CreateGroupDialog } from '@/components/conversations/create-group-dialog';
import { NewDirectDialog } from '@/components/conversations/new-direct-dialog';
import { Palette } from '@/components/conversations/palette';
import { InviteDialog } from '@/components/settings/invites';
import { useFrame } from '@/components/shell/frame';
import { Dialog } from '@/components/ui/dialog';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { Problem } from '@/components/ui/problem';
import { StatusDialog } from '@/components/users/status-dialog';

/** The one dialog of the frame that is open, if any. */
export function FrameDialogs() {
  const t = useTranslations('ui');
  const dialog = useFrame((frame) => frame.dialog);
  const close = useFrame((frame) => frame.openDialog);
  return (
    <ErrorBoundary
      of={dialog}
      fallback={(retry) => (
        <Dialog open onOpenChange={() => close(null)} title={t('somethingWrong')} width="small">
          <Problem title={t('notShown')} onRetry={retry} />
        </Dialog>
      )}
    >
      <FrameDialog />
    </ErrorBoundary>
  );
}

function FrameDialog() {
  const dialog = useFrame((frame) => frame.dialog);
  const openDialog = useFrame((frame) => frame.openDialog);
  const close = () => openDialog(null);
  switch (dialog) {
    case 'palette':
      return <Palette onClose={close} />;
    case 'direct':
      return <NewDirectDialog onClose={close} onGroup={() => openDialog('group')} />;
    case 'group':
      return <CreateGroupDialog onClose={close} />;
    case 'browse':
      return <BrowseDialog onClose={close} onCreate={() => openDialog('group')} />;
    case 'invite':
      return <InviteDialog onClose={close} />;
    case 'status':
      return <StatusDialog onClose={close} />;
    default:
      return null;
  }
}
