'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { SettingsSection } from '@/components/settings/settings-section';
import { useFrame } from '@/components/shell/frame';
import { Segmented } from '@/components/ui/segmented';

export function Appearance() {
  const theme = useFrame((frame) => frame.theme);
  const setTheme = useFrame((frame) => frame.setTheme);
  return (
    <SettingsSection title="Appearance" text="For this browser.">
      <div className="max-w-92">
        <Segmented
          label="Theme"
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'system', label: 'System', icon: <Monitor /> },
            { value: 'light', label: 'Light', icon: <Sun /> },
            { value: 'dark', label: 'Dark', icon: <Moon /> },
          ]}
        />
        <p className="mt-2 text-faint text-xs">System follows what your device is set to, day and night.</p>
      </div>
    </SettingsSection>
  );
}
