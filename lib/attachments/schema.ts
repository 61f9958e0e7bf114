export interface Attachment {
  id: string;
  name: string;
  /** bytes */
  size: number;
  mimeType: string;
  url: string;
  /** pixels; images and videos */
  width: number | null;
  height: number | null;
  /** seconds; audio and video */
  duration: number | null;
  thumbnailUrl: string | null;
}

/**
 * How long the body of an answer is, in bytes, on its way from a route to the server: Next.js drops a Content-Length, because
 * one that was copied from elsewhere may be wrong.
 */
export const lengthHeader = 'X-Parley-Length';
