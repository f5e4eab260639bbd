/**
 * Bundles the benchmark with the hub it measures and runs it: one JSON line per figure on standard output.
 * Usage: npm run bench [-- --full] [-- --only=append,sequence,proof,sync,pages,rebuild,ingest,lookup,growth,search]. Exit codes: 0 measured, 1 failed.
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const outdir = join(here, '../../dist/bench')

await build({
  entryPoints: readdirSync(here)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(here, file)),
  outdir,
  bundle: true,
  format: 'esm',
  target: 'es2023',
  platform: 'node',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: true,
  logLevel: 'warning',
})
const bench = spawn(
  process.execPath,
  ['--enable-source-maps', join(outdir, 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
bench.on('exit', (code) => {
  process.exitCode = code ?? 1
})
