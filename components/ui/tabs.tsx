'use client';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface Props {
  label: string;
  tabs: { value: string; label: string; icon?: ReactNode; content: ReactNode }[];
  value?: string;
  onChange?: (value: string) => void;
}

/** Vertical tabs beside their content. On a narrow screen they are a row that scrolls. */
export function SideTabs({ label, tabs, value, onChange }: Props) {
  return (
    <Radix.Root
      value={value}
      defaultValue={tabs[0]?.value}
      onValueChange={onChange}
      orientation="vertical"
      className="flex min-h-0 flex-1 flex-col sm:flex-row sm:gap-8"
    >
      <Radix.List
        aria-label={label}
        className="flex shrink-0 gap-1 overflow-x-auto px-4 py-2 sm:w-48 sm:flex-col sm:px-0 sm:py-0"
      >
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={triggerClass}>
            {tab.icon}
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="min-w-0 flex-1 rounded-md outline-offset-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

const triggerClass =
  'flex h-8 shrink-0 items-center gap-2.5 whitespace-nowrap rounded-md px-2.5 text-muted transition-colors hover:bg-hover hover:text-text data-[state=active]:bg-selected data-[state=active]:font-medium data-[state=active]:text-text touch:h-11 max-sm:flex-1 max-sm:justify-center max-sm:[&_svg]:hidden';
