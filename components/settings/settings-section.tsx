import type { ReactNode } from 'react';

/** One page of the settings. */
export function SettingsSection({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="px-4 pt-2 pb-8 sm:px-0 sm:pt-0">
      <h2 className="font-semibold text-lg">{title}</h2>
      {text && <p className="mt-1 text-muted">{text}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}
