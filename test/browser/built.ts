/** The scripts for browsers, built once for all test files of a process. */
import { buildBrowser } from '../../scripts/build-browser.mjs'
import type { BrowserBundles } from '../../src/pages/complaint/bundles.js'

let built: Promise<BrowserBundles> | undefined

export function builtBundles(): Promise<BrowserBundles> {
  built ??= buildBrowser()
  return built
}
