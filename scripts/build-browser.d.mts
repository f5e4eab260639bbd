import type { BrowserBundles } from '../src/pages/bundles.js'

export function buildBrowser(): Promise<BrowserBundles>
