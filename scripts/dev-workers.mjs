/**
 * Runs the demo hub on Cloudflare's runtime on this machine: makes demo keys, applies the migrations to a local D1,
 * starts `wrangler dev` and fills the hub through its public API. Needs no account and no network.
 * Usage: npm run dev:workers. PORT chooses the port (8787); data/workers-demo/<port>/ keeps what it made.
 * Exit codes: 0 stopped with Ctrl-C, 1 it could not start or the hub ended.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeHubKeys } from './worker-keys.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const port = Number(process.env.PORT || 8787)
const origin = `http://127.0.0.1:${port}`
/** Keys and database of one demo; each port has its own, because every record names its origin. */
const data = `data/workers-demo/${port}`
const secrets = `${data}/.dev.vars`
const state = `${data}/d1`

/** How long wrangler may take to bundle and start (ms); a cold, busy machine needs some 20 s. */
const START_TIMEOUT = 120_000
/** How long wrangler may take to stop before it is ended (ms). */
const STOP_TIMEOUT = 5000

/** No telemetry, no update banner, no look-up of a colo: nothing that asks the network. */
const quiet = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

/** A start that failed for a reason its reader can remove. */
class StartError extends Error {}

const running = new Set()
let stopping = false

/** Starts a Node program in a process group of its own, so that Ctrl-C reaches it once and through us. */
function start(args, { env = {}, stdout = 'inherit' } = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit'],
    detached: true,
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return {
    child,
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal))),
  }
}

/** Wrangler itself, without its launcher, which does not pass signals on. */
function startWrangler(...args) {
  return start(
    [
      '--no-warnings',
      '--experimental-vm-modules',
      join(root, 'node_modules/wrangler/wrangler-dist/cli.js'),
      ...args,
    ],
    { env: quiet },
  )
}

async function stop() {
  if (stopping) return
  stopping = true
  for (const child of running) child.kill('SIGINT')
  const patience = setTimeout(() => {
    for (const { pid } of running) process.kill(-pid, 'SIGKILL')
  }, STOP_TIMEOUT)
  await Promise.all([...running].map((child) => new Promise((resolve) => child.once('exit', resolve))))
  clearTimeout(patience)
}

/** Makes the demo's operator and the hub's keys unless they are there. */
async function prepareKeys() {
  if (existsSync(join(root, secrets))) return
  if (existsSync(join(root, data)))
    throw new StartError(`${data} is not complete. Remove it and start again.`)
  mkdirSync(join(root, data), { recursive: true, mode: 0o700 })
  const operator = join(data, 'operator')
  const init = start(['bin/trustmark.js', 'init', '--operator', operator], { stdout: 'ignore' })
  if ((await init.ended) !== 0) throw new StartError('The operator’s key could not be made.')
  const keys = await makeHubKeys(join(root, operator, 'operator.jwks.json'))
  // Written last, for it says that the folder is complete.
  writeFileSync(join(root, secrets), `HUB_KEYS='${keys}'\n`, { mode: 0o600 })
}

async function assertPortIsFree() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`)
  await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      reject(
        new StartError(`Port ${port} is taken. Stop what listens there, or set PORT to another number.`),
      ),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(resolve))
  })
}

/** Waits until the hub answers. @throws StartError with the hub's own words when it says that it can't open */
async function waitForHub(hub) {
  const deadline = Date.now() + START_TIMEOUT
  let ended = false
  void hub.ended.then(() => {
    ended = true
  })
  while (Date.now() < deadline && !ended && !stopping) {
    const response = await fetch(`${origin}/healthz`).catch(() => undefined)
    if (response?.ok) return
    if (response?.status === 503) throw new StartError((await response.json()).detail)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  if (!stopping)
    throw new StartError(
      ended
        ? 'wrangler ended before the hub answered.'
        : `No answer from ${origin} in ${START_TIMEOUT / 1000} s.`,
    )
}

async function run() {
  await assertPortIsFree()
  await prepareKeys()
  const migrations = startWrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state)
  if ((await migrations.ended) !== 0 || stopping) throw new StartError('The migrations could not be applied.')
  const hub = startWrangler(
    ...['dev', '--local', '--ip', '127.0.0.1', '--port', String(port), '--persist-to', state],
    // Keys come from the demo's own file alone, and a HUB_ORIGIN of wrangler.toml does not count here.
    ...['--env-file', secrets, '--var', `PORT:${port}`, '--var', 'HUB_ORIGIN:'],
    ...['--test-scheduled', '--show-interactive-dev-session=false'],
  )
  await waitForHub(hub)
  if (stopping) return 0
  console.log(`The hub runs on Workers at ${origin}. Publishing the demo …`)
  const seeded = await start(['bin/trustmark.js', 'demo', '--to', origin, '--data', data]).ended
  if (seeded !== 0 && !stopping)
    console.error(`The demo's records could not be published (exit ${seeded}). The hub runs on without them.`)
  if (!stopping) console.log(`Ready at ${origin}. Ctrl-C stops it.`)
  const code = await hub.ended
  return stopping ? 0 : code === 0 ? 0 : 1
}

process.on('SIGINT', stop)
process.on('SIGTERM', stop)
process.exitCode = await run().catch((error) => {
  if (stopping) return 0
  console.error(error instanceof StartError ? error.message : error)
  return 1
})
await stop()
