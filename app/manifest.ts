import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Parley',
    short_name: 'Parley',
    description: 'Direct messages and groups, live, on your own server.',
    start_url: '/',
    display: 'standalone',
    background_color: '#15151a',
    theme_color: '#5547d6',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
