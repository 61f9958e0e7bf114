import type { MetadataRoute } from 'next';
import { currentLanguage, getTranslations } from '@/app/language';
import { locales } from '@/lib/platform/intl/schema';

/** In the browser's languages, because it is fetched without cookies. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations('ui');
  const { locale } = await currentLanguage();
  return {
    name: 'Parley',
    short_name: 'Parley',
    description: t('description'),
    lang: locale,
    dir: locales[locale].direction,
    start_url: '/',
    display: 'standalone',
    background_color: '#15151a',
    theme_color: '#5547d6',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
