/** The hub on Node: configuration from the environment, embedded SQLite and key files in the data folder, an HTTP server. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import * as z from 'zod'
import { createApp } from './app.js'
import { formatLogOrigin, type Hub } from './hub/hub.js'
import { openHub } from './hub/open-hub.js'
import { OriginError, readOrigin } from './hub/read-origin.js'
import { sequence } from './hub/sequence.js'
import { createHubStore } from './store/hub-store.js'
import { openSqlite } from './store/sqlite.js'
import { generateHubKeys, type HubKeyFile, hubKeyFile, loadHubKeys } from './trust/key-file.js'
import { publicJwk } from './trust/keys.js'

export interface NodeConfig {
  /** Public origin; without one the hub is a demo at exactly `http://127.0.0.1:<port>`. */
  origin: string
  demo: boolean
  port: number
  /** Address to listen on; loopback unless said otherwise, for TLS belongs to a proxy in front. */
  host: string
  /** Folder of database and keys. */
  data: string
}

export interface RunningHub {
  hub: Hub
  config: NodeConfig
  /** Stops accepting, lets running requests end, closes the database. */
  close(): Promise<void>
}

/** A configuration that can't be used; the message says what to set. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const DEFAULT_PORT = 8787
/** How often statements are looked for that a killed process left in the inbox (ms). */
const SWEEP_INTERVAL = 5000

/** Reads `HUB_ORIGIN`, `PORT`, `HOST` and `HUB_DATA`. @throws ConfigError */
export function readConfig(env: Record<string, string | undefined>): NodeConfig {
  const port = env.PORT === undefined || env.PORT === '' ? DEFAULT_PORT : Number(env.PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new ConfigError(`PORT must be a number from 1 to 65535, not "${env.PORT}".`)
  const data = env.HUB_DATA || './data'
  const host = env.HOST || '127.0.0.1'
  try {
    return { ...readOrigin(env.HUB_ORIGIN, port), port, host, data }
  } catch (error) {
    throw error instanceof OriginError ? new ConfigError(error.message) : error
  }
}

/** The folder that holds package.json, from the source tree as well as from the bundle. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

/** Opens the hub on its data folder without serving it. @throws ConfigError, HubMismatch */
export async function openNodeHub(
  config: NodeConfig,
  report?: Hub['report'],
): Promise<{ hub: Hub; close: () => Promise<void> }> {
  mkdirSync(config.data, { recursive: true })
  const keys = await loadHubKeys(await readHubKeys(config), formatLogOrigin(config.origin))
  const database = openSqlite(join(config.data, 'hub.sqlite'), join(packageRoot(), 'src/store/migrations'))
  try {
    const hub = await openHub({
      origin: config.origin,
      demo: config.demo,
      store: createHubStore(database),
      keys,
      now: Date.now,
      report,
    })
    return { hub, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Serves the hub until closed. */
export async function startNodeHub(config: NodeConfig, log: (line: object) => void): Promise<RunningHub> {
  const report = (error: unknown, about: object): void =>
    log({ level: 'error', ...about, error: error instanceof Error ? error.stack : String(error) })
  const { hub, close } = await openNodeHub(config, report)
  const app = createApp({ hub, report })
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const started = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, () =>
      resolve(started),
    )
    started.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigError(
              `Port ${config.port} is taken. Stop what listens there, or set PORT to another number.`,
            )
          : error,
      )
    })
  }).catch(async (error) => {
    await close()
    throw error
  })
  const sweep = setInterval(() => {
    sequence(hub).catch((error: unknown) => log({ level: 'error', job: 'sequence', error: String(error) }))
  }, SWEEP_INTERVAL)
  sweep.unref()
  return {
    hub,
    config,
    async close() {
      clearInterval(sweep)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      })
      await hub.memory.sequencing
      await close()
    },
  }
}

const OPERATOR_FILE = 'operator.jwks.json'

/** Where the operator's public keys are expected. */
export function operatorFile(data: string): string {
  return join(data, 'keys', OPERATOR_FILE)
}

async function readHubKeys(config: NodeConfig): Promise<HubKeyFile> {
  const folder = join(config.data, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const operator = operatorFile(config.data)
  if (!existsSync(operator)) {
    throw new ConfigError(
      `No operator key in ${operator}. Make one with "trustmark init --operator <folder>" on the operator's own machine and copy its public file there: ` +
        'the operator’s private key stays outside the running hub.',
    )
  }
  const files = { federation: join(folder, 'federation.jwk.json'), log: join(folder, 'log.jwk.json') }
  if (!existsSync(files.federation) || !existsSync(files.log)) {
    if (existsSync(join(config.data, 'hub.sqlite')))
      throw new ConfigError(
        `The hub's keys are missing in ${folder} although it has data. Restore them from the backup.`,
      )
    const made = await generateHubKeys()
    for (const name of ['federation', 'log'] as const)
      writeFileSync(files[name], `${JSON.stringify(made[name])}\n`, { mode: 0o600 })
  }
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
  return hubKeyFile.parse({
    federation: read(files.federation),
    log: read(files.log),
    operator: z.object({ keys: z.array(publicJwk).min(1) }).parse(read(operator)).keys,
  })
}
