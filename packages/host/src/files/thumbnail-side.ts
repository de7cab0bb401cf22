/** Maximum length of a side of a thumbnail, in pixels. A picture that is as small is its own thumbnail. */
export const THUMBNAIL_SIDE = 640;
