#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
/** Starts the command line; in a checkout it is built first when a source is newer than the build. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = `${root}dist/cli.js`

/** Newest change below a folder (ms). */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = `${folder}/${entry.name}`
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }, 0)
}

const isCheckout = existsSync(`${root}scripts/build.mjs`) && existsSync(`${root}src`)
if (isCheckout && (!existsSync(built) || newest(`${root}src`) > statSync(built).mtimeMs)) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--quiet'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

// Node 20 announces Ed25519 in WebCrypto as experimental on every start; the line tells an officer nothing.
const emit = process.emitWarning
process.emitWarning = (warning, ...rest) => {
  if (!/Ed25519|SQLite is an experimental/.test(String(warning))) emit.call(process, warning, ...rest)
}
await import(built)
