'use client';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useCloseOnBack } from '@/client/browser/back';
import { useTranslations } from '@/client/intl/translations';
import { Button } from '@/components/ui/button';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { iconButtonClass } from '@/components/ui/icon-button';
import { Problem } from '@/components/ui/problem';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  width?: 'small' | 'normal' | 'wide';
  /** false for a dialog that stays until its task is done */
  closable?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}

export function Dialog({ open, onOpenChange, title, description, width = 'normal', closable = true, children, footer }: Props) {
  const t = useTranslations('ui');
  useCloseOnBack(open && closable, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Content className={widths[width]} described={Boolean(description)}>
          <header className={clsx('flex shrink-0 gap-4 px-5 pt-4 pb-3', description ? 'items-start' : 'items-center')}>
            <div className={clsx('min-w-0 flex-1', description && 'pt-1')}>
              <Radix.Title className="font-semibold text-md">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-muted text-sm">{description}</Radix.Description>}
            </div>
            {closable && (
              <Radix.Close className={clsx(iconButtonClass, '-me-1.5')} aria-label={t('close')}>
                <X />
              </Radix.Close>
            )}
          </header>
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-5 pt-1 pb-5">
            <Guarded>{children}</Guarded>
          </div>
          {footer && <footer className="flex shrink-0 justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>}
        </Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Catches errors of the content, so that the dialog stays open and can be closed. */
function Guarded({ children }: { children: ReactNode }) {
  const t = useTranslations('ui');
  return <ErrorBoundary fallback={(retry) => <Problem title={t('notShown')} onRetry={retry} />}>{children}</ErrorBoundary>;
}

const dialogClass =
  'fixed inset-x-4 top-[12vh] z-40 mx-auto flex max-h-[76vh] animate-appear flex-col rounded-lg bg-raised shadow-dialog outline-none max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:rounded-b-none max-sm:safe-bottom';

const widths = { small: 'max-w-100', normal: 'max-w-120', wide: 'max-w-160' };

/** Returns the focus to the element that had it before, even if the dialog was opened by a key or from a menu that is now closed. */
function Content(props: { className: string | undefined; described: boolean; children: ReactNode }) {
  const [opener] = useState(() => findOpener(document.activeElement));
  const restoreFocus = (event: Event) => {
    event.preventDefault();
    // An element that the page has focused meanwhile keeps the focus.
    const isUnfocused = document.activeElement === document.body || document.activeElement === null;
    if (isUnfocused && opener?.isConnected) opener.focus({ preventScroll: true });
  };
  return (
    <Radix.Content
      className={clsx(dialogClass, props.className)}
      {...(props.described ? {} : { 'aria-describedby': undefined })}
      onCloseAutoFocus={restoreFocus}
    >
      {props.children}
    </Radix.Content>
  );
}

/** The focused element, or the trigger of the menu that contains it. */
function findOpener(active: Element | null): HTMLElement | null {
  const menu = active?.closest('[role="menu"]');
  const opener = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active;
  return opener instanceof HTMLElement ? opener : null;
}

interface BareProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** for screen readers */
  title: string;
  children: ReactNode;
}

/** A dialog without a visible header. */
export function BareDialog({ open, onOpenChange, title, children }: BareProps) {
  useCloseOnBack(open, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Content className="max-w-140 overflow-hidden" described={false}>
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <Guarded>{children}</Guarded>
        </Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ConfirmProps extends Omit<Props, 'children' | 'footer'> {
  /** The label of the button, a verb: 'Delete group' */
  confirm: string;
  dangerous?: boolean;
  busy?: boolean;
  onConfirm: () => void;
}

export function ConfirmDialog({ confirm, dangerous = false, busy, onConfirm, description, ...dialog }: ConfirmProps) {
  const t = useTranslations('ui');
  return (
    <Dialog
      {...dialog}
      width="small"
      footer={
        <>
          <Button onClick={() => dialog.onOpenChange(false)}>{t('cancel')}</Button>
          <Button look={dangerous ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      <p className="text-muted">{description}</p>
    </Dialog>
  );
}
