/** Maximum length of a side of a thumbnail, in pixels. An image that is as small is its own thumbnail. */
export const THUMBNAIL_SIDE = 640;
