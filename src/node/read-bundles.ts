/** The browsers' scripts as scripts/build.mjs left them (DESIGN 4.9). */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserBundles } from '../pages/complaint/bundles.js'

/** @returns undefined in a source tree that was never built; pages then name addresses instead */
export function readBundles(root: string): BrowserBundles | undefined {
  const file = join(root, 'dist', 'browser.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BrowserBundles) : undefined
}
