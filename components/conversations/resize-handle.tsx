'use client';
import type { KeyboardEvent, PointerEvent } from 'react';
import { clampWidth, sidebarLimits } from '@/client/browser/frame-memory';
import { useLanguage } from '@/client/intl/language';
import { useTranslations } from '@/client/intl/translations';
import { useFrame } from '@/components/shell/frame';

const stepPx = 16;

/** The sidebar's edge. Drag it, or move it with the arrow keys; a double click restores the default width. */
export function ResizeHandle() {
  const t = useTranslations('conversations');
  const rightToLeft = useLanguage().direction === 'rtl';
  const width = useFrame((frame) => frame.sidebarWidth);
  const setWidth = useFrame((frame) => frame.setSidebarWidth);

  const press = (event: PointerEvent<HTMLElement>) => {
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId))
      setWidth(rightToLeft ? window.innerWidth - event.clientX : event.clientX);
  };
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -stepPx, ArrowRight: stepPx }[event.key];
    if (by) setWidth(clampWidth(width + (rightToLeft ? -by : by)));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged or focused
    <div
      role="separator"
      aria-label={t('sidebarWidth')}
      aria-orientation="vertical"
      aria-valuemin={sidebarLimits.min}
      aria-valuemax={sidebarLimits.max}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={press}
      onPointerMove={drag}
      onKeyDown={key}
      onDoubleClick={() => setWidth(sidebarLimits.initial)}
      className="absolute -end-1 inset-y-0 z-10 hidden w-2 cursor-col-resize touch-none transition-colors after:absolute after:inset-y-0 after:start-1 after:w-px hover:after:bg-accent active:after:bg-accent focus-visible:outline-none focus-visible:after:w-0.5 focus-visible:after:bg-accent sm:block"
    />
  );
}
