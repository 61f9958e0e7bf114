'use client';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { create } from 'zustand';
import { useTranslations } from '@/client/intl/translations';
import { iconButtonClass } from '@/components/ui/icon-button';

interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'failed';
  action?: { label: string; run: () => void };
}

const durationMs = 6_000;
const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));
let lastId = 0;

/** Shows a short notice, which disappears by itself. */
export function toast(text: string, options: Partial<Pick<Toast, 'kind' | 'action'>> = {}): void {
  lastId += 1;
  const added: Toast = { id: lastId, text, kind: 'done', ...options };
  // A toast replaces one with the same text, and at most three are shown.
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.filter((other) => other.text !== text), added].slice(-3) }));
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

export function Toasts() {
  const t = useTranslations('ui');
  const toasts = useToasts((state) => state.toasts);
  return (
    <section
      data-notices
      aria-label={t('notices')}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2 safe-bottom"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const t = useTranslations('ui');
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), durationMs);
    return () => clearTimeout(timer);
  }, [toast.id]);
  return (
    <div className="pointer-events-auto flex max-w-110 animate-appear items-center gap-2.5 rounded-lg bg-raised py-1.5 ps-3 pe-1.5 shadow-raised">
      {toast.kind === 'done' ? <CircleCheck className="text-online" /> : <CircleAlert className="text-danger" />}
      <p className="min-w-0 flex-1">{toast.text}</p>
      {toast.action && (
        <button
          type="button"
          className="h-8 shrink-0 rounded-md px-2 font-medium text-accent-text hover:bg-hover"
          onClick={() => {
            toast.action?.run();
            dismiss(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button type="button" aria-label={t('dismiss')} className={iconButtonClass} onClick={() => dismiss(toast.id)}>
        <X className="size-4" />
      </button>
    </div>
  );
}
