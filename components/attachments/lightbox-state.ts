import { create } from 'zustand';

/** The picture that is shown large; null when none is. */
export const useLightbox = create<{ attachmentId: string | null }>(() => ({ attachmentId: null }));

export const openLightbox = (attachmentId: string) => useLightbox.setState({ attachmentId });
export const closeLightbox = () => useLightbox.setState({ attachmentId: null });
