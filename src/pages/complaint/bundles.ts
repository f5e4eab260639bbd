/** The scripts that pages with a key in the browser load: built once, served under their content's hash (DESIGN 4.9). */

/** What pages and the published list say of a script. */
export interface BrowserScript {
  /** File name, such as `intake-3f2a9c01d4be.js`: it changes with the content, so it may be kept for good. */
  file: string
  /** Absent where another server in front of this one hands the file out: Workers do so (docs/decisions/0016). */
  text?: string
  /** Of the file's UTF-8 bytes, lower hex: the published build hash. */
  sha256: string
  /** Subresource Integrity (W3C SRI), `sha384-…`. */
  integrity: string
  bytes: number
  gzipBytes: number
}

/** A script as built: self-contained, minified, the same bytes from the same source. */
export interface BrowserBundle extends BrowserScript {
  text: string
}

type ScriptName = 'intake' | 'case' | 'seal'

/** What `scripts/build-browser.mjs` makes and `dist/browser.json` holds. */
export type BrowserBundles = Readonly<Partial<Record<ScriptName, BrowserBundle>>>

/** The same with or without texts: `dist/browser-list.json` has none. */
export type BrowserScripts = Readonly<Partial<Record<ScriptName, BrowserScript>>>

/** Folder of the scripts and of the texts that they need. */
export const CLIENT_FOLDER = '/client/'
