'use client';

import { Paperclip } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';

/** Files can be dropped anywhere on a conversation. */
export function DropZone({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const carries = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const move = (by: number) => (event: DragEvent) => {
    if (!carries(event)) return;
    // Every child that is entered and left says so: what counts is whether more were entered.
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way more; the button is for everybody
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={(event) => carries(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-2 z-30 flex animate-appear items-center justify-center gap-2 rounded-lg border-2 border-accent border-dashed bg-accent-soft font-medium text-accent-text text-md">
          <Paperclip /> Drop to attach
        </div>
      )}
    </div>
  );
}
