import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslations } from '@/client/intl/translations';
import type { Zoom } from '@/components/attachments/use-zoom';
import { maxScale, zoomStep } from '@/components/attachments/zoom';
import { IconButton } from '@/components/ui/icon-button';

/** The viewer's zoom buttons, for people without a wheel or touch screen. */
export function ZoomBar({ zoom }: { zoom: Zoom | null }) {
  const t = useTranslations('attachments');
  const scale = zoom?.view.scale ?? 1;
  const isLeast = !zoom || zoom.isFit;
  const isMost = !zoom || scale >= maxScale(zoom.scene);
  const isReal = scale === 1 && !isLeast;
  return (
    <div role="toolbar" aria-label={t('size')} className="flex h-14 shrink-0 items-center justify-center gap-1">
      <IconButton
        name={t('smaller')}
        shortcut="-"
        aria-disabled={isLeast}
        className={dimmed}
        onClick={() => zoom?.zoom((now) => now / zoomStep)}
      >
        <ZoomOut />
      </IconButton>
      <span role="status" className="w-14 text-center text-muted text-sm tabular-nums">
        {t('zoom', { percent: percentOf(scale) })}
      </span>
      <IconButton
        name={t('larger')}
        shortcut="+"
        aria-disabled={isMost}
        className={dimmed}
        onClick={() => zoom?.zoom((now) => now * zoomStep)}
      >
        <ZoomIn />
      </IconButton>
      <span aria-hidden className="mx-1 h-4 w-px bg-line" />
      <IconButton name={t('fit')} shortcut="0" aria-pressed={zoom?.isFit ?? true} onClick={() => zoom?.fit()}>
        <Maximize />
      </IconButton>
      <IconButton
        name={t('realSize')}
        shortcut="1"
        aria-pressed={isReal}
        className="font-medium text-sm tabular-nums"
        onClick={() => zoom?.zoom(1)}
      >
        1:1
      </IconButton>
    </div>
  );
}

const dimmed = 'aria-disabled:opacity-40';

const percentOf = (scale: number) => (scale >= 0.1 ? Math.round(scale * 100) : Number((scale * 100).toPrecision(2)));
