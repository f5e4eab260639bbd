/** Bundles what the soak test runs: itself, a hub for Node and the worker, into dist/soak. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { ensureBrowser } from '../../scripts/write-browser.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const outdir = join(root, 'dist/soak')
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: true,
  logLevel: 'warning',
}

/** @returns {Promise<{ main: string, hub: string }>} the paths of the program and of a hub's process */
export async function bundleSoak() {
  const [main, hub] = await Promise.all([
    bundleNode('main', join(here, 'main.ts')),
    bundleNode('hub-process', join(root, 'test/bench/hub-process.ts')),
  ])
  return { main, hub }
}

async function bundleNode(name, entry) {
  await build({
    ...common,
    entryPoints: { [name]: entry },
    outdir,
    platform: 'node',
    packages: 'external',
  })
  return join(outdir, `${name}.js`)
}

/** @returns {Promise<string>} the path of the worker, with everything it needs inside */
export async function bundleWorker() {
  await ensureBrowser()
  await build({
    ...common,
    entryPoints: { worker: join(root, 'src/worker.ts') },
    outdir,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser', 'import'],
  })
  return join(outdir, 'worker.js')
}
