import type { BrowserBundles } from '../src/pages/complaint/bundles.js'

export function buildBrowser(): Promise<BrowserBundles>
