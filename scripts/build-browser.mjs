/**
 * Bundles the scripts that run in people's browsers (DESIGN 4.9): each one self-contained, minified file, whose bytes
 * depend on nothing but the source, so that anybody can build it again and compare the published hash.
 * Usage: node scripts/build-browser.mjs prints name, hash and size of each. Exit codes: 0 built, 1 failed.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** In-app browsers of old telephones; what these lack beyond syntax is mended in src/browser/kit/old-browsers.ts. */
const TARGET = ['es2020', 'safari14']
/** Plain scripts, that name nothing in the pages of other sites; the others are modules of our own pages. */
const PLAIN = ['seal']
/** Hex characters of the hash in a file name: enough to tell two builds apart. */
const NAME_HEX = 12

/**
 * Builds all scripts.
 * @returns {Promise<import('../src/pages/complaint/bundles.js').BrowserBundles>}
 */
export async function buildBrowser() {
  const entries = ['intake', 'case', 'seal'].flatMap((name) =>
    ['main.ts', 'main.tsx']
      .map((file) => `src/browser/${name}/${file}`)
      .filter((entry) => existsSync(root + entry))
      .map((entry) => ({ name, entry })),
  )
  return Object.fromEntries(
    await Promise.all(entries.map(async ({ name, entry }) => [name, await bundle(name, entry)])),
  )
}

async function bundle(name, entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: PLAIN.includes(name) ? 'iife' : 'esm',
    platform: 'browser',
    target: TARGET,
    // Safari 14 fails on one rare form of destructuring only, which no source here has; esbuild would refuse all.
    supported: { destructuring: true },
    charset: 'utf8',
    legalComments: 'eof',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx/dom',
    write: false,
    logLevel: 'error',
  })
  const text = outputFiles[0].text
  const digest = (algorithm) => createHash(algorithm).update(text)
  const sha256 = digest('sha256').digest('hex')
  return {
    file: `${name}-${sha256.slice(0, NAME_HEX)}.js`,
    text,
    sha256,
    integrity: `sha384-${digest('sha384').digest('base64')}`,
    bytes: Buffer.byteLength(text),
    gzipBytes: gzipSync(text, { level: 9 }).length,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bundles = await buildBrowser().catch(() => process.exit(1))
  for (const { file, sha256, bytes, gzipBytes } of Object.values(bundles))
    console.log(`${file}  sha256 ${sha256}  ${bytes} bytes, ${gzipBytes} compressed`)
}
