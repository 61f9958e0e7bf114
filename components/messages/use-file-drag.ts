import { useEffect, useRef, useState } from 'react';

/**
 * Whether files are being dragged over the window. It handles files only; text and links are dropped as usual. Otherwise the
 * browser would open a dropped file and leave the page.
 */
export function useFileDrag(onDrop: (data: DataTransfer) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    // A picture of the page that is dragged also looks like a file.
    let own = false;
    const start = () => {
      own = true;
    };
    const end = () => {
      own = false;
      setOver(false);
    };
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      if (own && takesText(event.target)) return;
      event.preventDefault();
      if (!own) setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      const fromOutside = !own;
      end();
      if (!carriesFiles(event) || (!fromOutside && takesText(event.target))) return;
      event.preventDefault();
      if (fromOutside && event.dataTransfer) latest.current(event.dataTransfer);
    };
    const told = { dragstart: start, dragend: end, dragenter: over, dragover: over, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(told)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(told)) window.removeEventListener(name, listener as EventListener);
    };
  }, []);
  return isOver;
}

const carriesFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;

const takesText = (target: EventTarget | null) => target instanceof Element && target.matches('input, textarea');
