/** The hub on Node: configuration from the environment, embedded SQLite and key files in the data folder, an HTTP server. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getConnInfo } from '@hono/node-server/conninfo'
import * as z from 'zod'
import type { AddressOf } from './api/case-request.js'
import { type AppParts, createApp } from './app.js'
import { MAX_SEALED_ATTACHMENT_BYTES } from './dispute/envelope.js'
import type { CaseParts } from './hub/cases/ports.js'
import { sweepCases } from './hub/cases/sweep-cases.js'
import { fillDirectory } from './hub/directory/fill.js'
import type { Hub } from './hub/hub.js'
import { copyRefused, openHub } from './hub/open-hub.js'
import { scrubAgain } from './hub/scrub.js'
import { sequence } from './hub/sequence.js'
import { openAddressBox } from './node/address-box.js'
import { createFileAttachments } from './node/attachment-files.js'
import { ConfigError, type NodeConfig } from './node/config.js'
import { listen } from './node/listen.js'
import { readBundles } from './node/read-bundles.js'
import { createSendWebhook } from './node/send-webhook.js'
import { createSmtpMail } from './node/smtp-mail.js'
import { openStores } from './store/open-stores.js'
import { openSqlite } from './store/sqlite.js'
import { generateHubKeys, type HubKeyFile, hubKeyFile, loadHubKeys } from './trust/key-file.js'
import { publicJwk } from './trust/keys.js'

export { ConfigError, type NodeConfig, readConfig } from './node/config.js'

export interface RunningHub {
  hub: Hub
  config: NodeConfig
  /** Stops accepting, lets running requests end, closes the database. */
  close(): Promise<void>
}

/** How often statements are looked for that a killed process left in the inbox (ms). */
const SWEEP_INTERVAL = 5000
/** How often deliveries, deadlines and mails that are due are looked for (ms): an agency hears of a case within this. */
const CASES_INTERVAL = 30_000

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
  refuseCopy(config.data)
  mkdirSync(config.data, { recursive: true })
  const keys = await loadHubKeys(await readHubKeys(config), config.origin)
  const database = openSqlite(join(config.data, 'hub.sqlite'), join(packageRoot(), 'src/store/migrations'))
  try {
    const hub = await openHub({
      origin: config.origin,
      demo: config.demo,
      ...openStores(database, await openOutside(config)),
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

/** What the cases need of this machine: a folder, the network, a mail server. */
async function openOutside(config: NodeConfig): Promise<Omit<CaseParts, 'store' | 'notices'>> {
  return {
    attachments: createFileAttachments(
      join(config.data, 'attachments'),
      MAX_SEALED_ATTACHMENT_BYTES,
      Date.now(),
    ),
    sendWebhook: createSendWebhook({ loopback: config.demo }),
    ...(config.mail && {
      mail: {
        send: createSmtpMail(config.mail.url, config.mail.from),
        seal: await openAddressBox(join(config.data, 'keys', ADDRESS_KEY_FILE)),
      },
    }),
  }
}

/** Serves the hub until closed. @param waits other than the usual times for requests that wait for news */
export async function startNodeHub(
  config: NodeConfig,
  log: (line: object) => void,
  waits: Pick<AppParts, 'longestWait' | 'lookInterval'> = {},
): Promise<RunningHub> {
  const report = (error: unknown, about: object): void =>
    log({ level: 'error', ...about, error: error instanceof Error ? error.stack : String(error) })
  const { hub, close } = await openNodeHub(config, report)
  const closing = new AbortController()
  const app = createApp({
    hub,
    report,
    addressOf: addressOf(config),
    closing: closing.signal,
    bundles: readBundles(packageRoot()),
    ...waits,
  })
  const server = await listen(app, config.port, config.host).catch(async (error) => {
    await close()
    throw error
  })
  // Of a database of an earlier version; look-ups are answered meanwhile.
  const filling = fillDirectory(hub, { signal: closing.signal }).catch((error: unknown) =>
    report(error, { job: 'directory' }),
  )
  const jobs = [
    repeat(SWEEP_INTERVAL, () =>
      sequence(hub)
        .then(() => scrubAgain(hub))
        .catch((error: unknown) => report(error, { job: 'sequence' })),
    ),
    repeat(CASES_INTERVAL, () => sweepCases(hub)),
  ]
  return {
    hub,
    config,
    async close() {
      closing.abort()
      const ended = jobs.map((job) => job.end())
      await server.close()
      await Promise.all([...ended, filling])
      await hub.memory.sequencing
      await close()
    },
  }
}

/** Runs a job again and again, one run at a time. `end` stops it and waits for the run that is on. */
function repeat(interval: number, job: () => Promise<void>): { end: () => Promise<void> } {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= job().finally(() => {
      running = undefined
    })
  }, interval)
  timer.unref()
  return {
    end: async () => {
      clearInterval(timer)
      await running
    },
  }
}

/** Behind a proxy only the hop that it added itself can be believed: a caller writes what it likes before it. */
function addressOf({ trustProxy }: NodeConfig): AddressOf {
  return (c) =>
    (trustProxy ? c.req.header('X-Forwarded-For')?.split(',').at(-1) : undefined) ||
    getConnInfo(c).remote.address
}

const OPERATOR_FILE = 'operator.jwks.json'
/** Apart from the hub's other keys by its name, so that a backup can leave it out. */
const ADDRESS_KEY_FILE = 'addresses.key'

/** Where the operator's public keys are expected. */
export function operatorFile(data: string): string {
  return join(data, 'keys', OPERATOR_FILE)
}

/** A mirror's database, as `trustmark mirror` names it. */
const COPY_FILE = 'copy.sqlite'

/**
 * To be asked before anything is created: a hub beside a copy would be a second log under the hub's name, and the folder
 * none that `trustmark mirror` goes on with.
 * @throws HubMismatch
 */
export function refuseCopy(data: string): void {
  if (existsSync(join(data, COPY_FILE))) throw copyRefused(resolve(data))
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
  const next = join(folder, 'log-next.jwk.json')
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
    ...(existsSync(next) && { logNext: read(next) }),
    operator: z.object({ keys: z.array(publicJwk).min(1) }).parse(read(operator)).keys,
  })
}
