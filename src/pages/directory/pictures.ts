/** Where the hub's own pictures are, for the head of every page. */

/** Its sign, for a browser's tab. */
export const ICON_PATH = '/icon.svg'
/** What stands beside a shared link (Open Graph). */
export const SHARE_PATH = '/share.png'
/** In points. */
export const SHARE_SIZE = { width: 1200, height: 630 }
