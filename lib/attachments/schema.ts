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
