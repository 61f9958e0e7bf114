'use client';
import { useTranslations } from '@/client/intl/translations';
import { Palette } from '@/components/conversations/palette';
import { useFrame } from '@/components/shell/frame';
import { Dialog } from '@/components/ui/dialog';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { OnDemand, Part, usePrefetch } from '@/components/ui/on-demand';
import { Problem } from '@/components/ui/problem';

const shortcuts = new Part(() => import('@/components/shell/shortcut-sheet').then((file) => file.ShortcutSheet));
const direct = new Part(() => import('@/components/conversations/new-direct-dialog').then((file) => file.NewDirectDialog));
const group = new Part(() => import('@/components/conversations/create-group-dialog').then((file) => file.CreateGroupDialog));
const browse = new Part(() => import('@/components/conversations/browse-dialog').then((file) => file.BrowseDialog));
const invite = new Part(() => import('@/components/settings/invites').then((file) => file.InviteDialog));
const status = new Part(() => import('@/components/users/status-dialog').then((file) => file.StatusDialog));
const parts = [direct, group, browse, invite, status];

/** The frame's open dialog, if any. */
export function FrameDialogs() {
  const t = useTranslations('ui');
  const dialog = useFrame((frame) => frame.dialog);
  const close = useFrame((frame) => frame.openDialog);
  usePrefetch(parts);
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
    case 'shortcuts':
      return <OnDemand part={shortcuts} with={{ onClose: close }} />;
    case 'direct':
      return <OnDemand part={direct} with={{ onClose: close, onGroup: () => openDialog('group') }} />;
    case 'group':
      return <OnDemand part={group} with={{ onClose: close }} />;
    case 'browse':
      return <OnDemand part={browse} with={{ onClose: close, onCreate: () => openDialog('group') }} />;
    case 'invite':
      return <OnDemand part={invite} with={{ onClose: close }} />;
    case 'status':
      return <OnDemand part={status} with={{ onClose: close }} />;
    default:
      return null;
  }
}
