/**
 * Writes the browsers' scripts into dist/: browser.json with their texts, from which Node serves them; for Workers
 * browser-list.json without texts, which the Worker carries, and assets/, which Cloudflare serves in front of it.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildBrowser } from './build-browser.mjs'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const assets = join(dist, 'assets')
const client = join(assets, 'client')

/**
 * As src/pages/complaint/client-routes.ts and src/pages/seal/routes.tsx answer on Node; test/workers compares the two.
 * Cloudflare sets them on what it serves from the folder, never on an answer of the Worker.
 */
const HEADERS = Object.entries({
  '/client/*': 'public, max-age=31536000, immutable',
  '/seal.js': 'public, max-age=3600',
}).map(([path, caching]) =>
  [
    path,
    '  Content-Type: text/javascript; charset=utf-8',
    `  Cache-Control: ${caching}`,
    '  Access-Control-Allow-Origin: *',
    '  Cross-Origin-Resource-Policy: cross-origin',
    '  X-Content-Type-Options: nosniff',
    '',
  ].join('\n'),
)

/** Builds all scripts and writes them. Files of earlier builds go last, for somebody may be served from the folder. */
export async function writeBrowser() {
  const bundles = await buildBrowser()
  await mkdir(client, { recursive: true })
  const list = Object.entries(bundles).map(([name, { text: _, ...script }]) => [name, script])
  await Promise.all([
    write(join(dist, 'browser.json'), JSON.stringify(bundles)),
    write(join(dist, 'browser-list.json'), JSON.stringify(Object.fromEntries(list))),
    write(join(assets, '_headers'), HEADERS.join('\n')),
    // The stable address, which stands in shops' pages.
    write(join(assets, 'seal.js'), bundles.seal.text),
    ...Object.values(bundles).map(({ file, text }) => write(join(client, file), text)),
  ])
  const current = Object.values(bundles).map(({ file }) => file)
  const old = (await readdir(client)).filter((file) => !current.includes(file))
  await Promise.all(old.map((file) => rm(join(client, file), { force: true })))
}

/** What is there already is left alone: another process may be reading it. */
async function write(file, text) {
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) await writeFile(file, text)
}

/** For tests, which share one tree: builds only where nothing was built yet. */
export async function ensureBrowser() {
  const files = ['browser.json', 'browser-list.json', 'assets/_headers']
  if (!files.every((file) => existsSync(join(dist, file)))) await writeBrowser()
}
