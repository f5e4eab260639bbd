/** The hub on Cloudflare Workers: D1, the keys in a secret, one cron tick a minute (DESIGN 4.11, docs/workers.md). */
import type { Hono } from 'hono'
import bundles from '../dist/browser-list.json' with { type: 'json' }
import { createApp } from './app.js'
import { MAX_SEALED_ATTACHMENT_BYTES } from './dispute/envelope.js'
import type { SendWebhook } from './hub/cases/ports.js'
import { sweepCases } from './hub/cases/sweep-cases.js'
import { fillDirectory } from './hub/directory/fill.js'
import type { Hub } from './hub/hub.js'
import { HubMismatch, openHub } from './hub/open-hub.js'
import { LOOPBACK_HOSTS, OriginError, readOrigin } from './hub/read-origin.js'
import { sequence } from './hub/sequence.js'
import { formatProblem, Refusal } from './refusal.js'
import { type D1Like, isMigrated, openD1 } from './store/d1.js'
import { createDatabaseAttachments } from './store/database-attachments.js'
import { openStores } from './store/open-stores.js'
import { createR2Attachments, type R2Like } from './store/r2-attachments.js'
import { hubKeyFile, loadHubKeys } from './trust/key-file.js'

/** Bindings, variables and secrets of wrangler.toml. */
export interface WorkerEnv {
  DB?: D1Like
  /** Secret: JSON of {@link hubKeyFile}. */
  HUB_KEYS?: string
  /** Public origin; without one the hub is a demo at exactly `http://127.0.0.1:<PORT>`. */
  HUB_ORIGIN?: string
  /** R2 bucket for sealed files beyond 1 MB; without it they are refused. */
  ATTACHMENTS?: R2Like
  /** The demo's port; wrangler dev listens on 8787 unless told otherwise. */
  PORT?: string
}

/** What is used of the runtime's `ExecutionContext`. */
interface RequestContext {
  waitUntil(promise: Promise<unknown>): void
}

interface OpenedHub {
  hub: Hub
  app: Hono
}

const DEFAULT_PORT = '8787'
/** How long a long poll may last (s): each second of it is a query of the request's thousand, and clients time out at 30. */
const LONGEST_WAIT = 25
/** How long an agency's webhook may take to answer (ms). */
const WEBHOOK_TIMEOUT = 10_000
/**
 * Steps of filling the directory in one tick: six queries each, beside those of the cases, of the thousand that an invocation has.
 * 8,000 records a minute.
 */
const FILL_STEPS = 20
/** When a caller may try a hub again that could not be opened (s): long enough for an engineer's next command. */
const RETRY_AFTER = '10'

/** One hub per isolate. Only opened hubs are kept, never promises: a promise dies with the request that made it. */
const opened = new WeakMap<WorkerEnv, OpenedHub>()

export default {
  /** Answers a request; a hub that can't be opened answers 503 with the command that helps. */
  fetch(request: Request, env: WorkerEnv, context: RequestContext): Promise<Response> {
    const response = answer(request, env)
    // An agency that hangs up still gets what it sent into the log: without this the runtime drops the request. What only
    // reads is dropped gladly: without the flag `enable_request_signal` no signal aborts here, and a long poll would go on
    // asking the database.
    if (request.method !== 'GET' && request.method !== 'HEAD')
      context.waitUntil(response.then(({ status }) => goOn(env, status)))
    return response
  },

  /** The cron tick: sequences what a broken request left in the inbox, then does what is due in cases. */
  async scheduled(_event: unknown, env: WorkerEnv): Promise<void> {
    const { hub } = await open(env)
    await sequence(hub)
    await sweepCases(hub)
    await fillDirectory(hub, { steps: FILL_STEPS })
  },
}

/** What was answered as waiting (`Prefer: respond-async`) is not left for the cron tick: a minute is long for a revocation. */
async function goOn(env: WorkerEnv, status: number): Promise<void> {
  if (status !== 202) return
  const { hub } = await open(env)
  await sequence(hub)
}

async function answer(request: Request, env: WorkerEnv): Promise<Response> {
  let ready: OpenedHub
  try {
    ready = await open(env)
    assertDemoIsLocal(ready.hub, request)
  } catch (error) {
    return refuseAll(error, new URL(request.url))
  }
  return ready.app.fetch(request)
}

/** @throws Refusal `not-ready`, HubMismatch */
async function open(env: WorkerEnv): Promise<OpenedHub> {
  const known = opened.get(env)
  if (known) return known
  const { origin, demo } = readOrigin(env.HUB_ORIGIN, env.PORT || DEFAULT_PORT)
  if (!env.DB) {
    throw notReady(
      'There is no D1 binding named DB. Set it in wrangler.toml, [[d1_databases]], and deploy again.',
    )
  }
  const keys = await readKeys(env.HUB_KEYS, origin)
  if (!(await isMigrated(env.DB))) {
    throw notReady(
      'The database lacks tables of this version. Run "npx wrangler d1 migrations apply DB --remote"; for a local run, with --local instead.',
    )
  }
  const database = openD1(env.DB)
  const small = createDatabaseAttachments(database)
  const stores = openStores(database, {
    attachments: env.ATTACHMENTS
      ? createR2Attachments(env.ATTACHMENTS, small, MAX_SEALED_ATTACHMENT_BYTES)
      : small,
    sendWebhook,
  })
  const report = (error: unknown, about: object) => log({ ...about, error })
  const hub = await openHub({ origin, demo, ...stores, keys, now: Date.now, report, ownRounds: true })
  const app = createApp({
    hub,
    report,
    addressOf: (c) => c.req.header('CF-Connecting-IP'),
    longestWait: LONGEST_WAIT,
    bundles,
  })
  const made = { hub, app }
  opened.set(env, made)
  return made
}

/** Cloudflare's own network is what a request from here could reach besides the internet; there is none of the hub's. */
const sendWebhook: SendWebhook = async (url, headers, body) => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(WEBHOOK_TIMEOUT),
    })
    await response.body?.cancel()
    return { status: response.status }
  } catch (error) {
    return { error: error instanceof Error ? error.name : 'no answer' }
  }
}

/** A forgotten HUB_ORIGIN must not put a demo on a public address. @throws Refusal `not-ready` */
function assertDemoIsLocal(hub: Hub, request: Request): void {
  if (!hub.demo || LOOPBACK_HOSTS.includes(new URL(request.url).hostname)) return
  throw notReady(
    'HUB_ORIGIN is not set, so this is a demo, which answers on 127.0.0.1 only. Set it under [vars] in wrangler.toml and deploy again.',
  )
}

/** Says nothing of the secret's content, not even where its JSON breaks. @throws Refusal `not-ready` */
async function readKeys(
  secret: string | undefined,
  origin: string,
): Promise<Awaited<ReturnType<typeof loadHubKeys>>> {
  const remedy =
    'Make it with "node scripts/worker-keys.mjs", set it with "npx wrangler secret put HUB_KEYS" (docs/workers.md); locally, "npm run dev:workers" does both.'
  if (!secret) throw notReady(`The secret HUB_KEYS is not set. ${remedy}`)
  try {
    return await loadHubKeys(hubKeyFile.parse(JSON.parse(secret)), origin)
  } catch {
    throw notReady(`The secret HUB_KEYS is not the JSON of federation, log and operator keys. ${remedy}`)
  }
}

function notReady(detail: string): Refusal {
  return new Refusal('not-ready', detail)
}

function refuseAll(error: unknown, { origin, pathname }: URL): Response {
  const request = crypto.randomUUID()
  log({ request, path: pathname, error })
  const problem = formatProblem(readFailure(error, request), origin)
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'Retry-After': RETRY_AFTER,
    },
  })
}

function readFailure(error: unknown, request: string): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof OriginError)
    return notReady(`${error.message} Set it under [vars] in wrangler.toml and deploy again.`)
  if (error instanceof HubMismatch)
    return notReady(
      `${error.message} On Workers the data is the D1 database DB and the keys are the secret HUB_KEYS.`,
    )
  return notReady(`The hub could not open its database. Try again; quote ${request} if you report it.`)
}

/** One JSON line per failure, which the dashboard can filter. */
function log({ error, ...about }: { error: unknown } & Record<string, unknown>): void {
  const text =
    error instanceof Error && !(error instanceof Refusal) ? (error.stack ?? error.message) : String(error)
  console.error(JSON.stringify({ level: 'error', ...about, error: text }))
}
