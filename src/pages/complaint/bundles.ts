/** The scripts that pages with a key in the browser load: built once, served under their content's hash (DESIGN 4.9). */

/** A script as built: self-contained, minified, the same bytes from the same source. */
export interface BrowserBundle {
  /** File name, such as `intake-3f2a9c01d4be.js`: it changes with the content, so it may be kept for good. */
  file: string
  text: string
  /** Of the text's UTF-8 bytes, lower hex: the published build hash. */
  sha256: string
  /** Subresource Integrity (W3C SRI), `sha384-…`. */
  integrity: string
  bytes: number
  gzipBytes: number
}

/** What `scripts/build-browser.mjs` makes and `dist/browser.json` holds. */
export type BrowserBundles = Readonly<Partial<Record<'intake' | 'case', BrowserBundle>>>

/** Folder of the scripts and of the texts that they need. */
export const CLIENT_FOLDER = '/client/'
