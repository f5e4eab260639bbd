/** Builds the Hono app of a copy: it answers look-ups as its hub does, takes nothing in and signs nothing. Knows no runtime. */
import { Hono } from 'hono'
import { getReady } from './api/get-health.js'
import { refuse } from './api/http.js'
import { readRoutes } from './api/read-routes.js'
import { frameApp, type ReportFailure, wantsPage } from './app-frame.js'
import { listComplaintDesks } from './hub/complaint-desks.js'
import { type Reader, readHead } from './hub/hub.js'
import { refreshLogKeys } from './hub/mirror/open-copy.js'
import { readOverview } from './hub/overview.js'
import { verify } from './hub/verify.js'
import type { CopyState } from './pages/copy-notice.js'
import { missingPage, pageRoutes } from './pages/page-routes.js'
import { Refusal } from './refusal.js'

export interface MirrorAppParts {
  copy: Reader
  /** When the copy was last found to be up to date (epoch ms); undefined while its first sync is not done. */
  synced: () => number | undefined
  report: ReportFailure
  /** Longest time that a request may wait for news (s). */
  longestWait?: number
  /** How often the feed of one who waits is looked into (ms). */
  lookInterval?: number
  /** Aborts when the copy closes. */
  closing?: AbortSignal
}

/** As on a hub: whoever waits is not cut off by a proxy, and hears of news within a second. */
const LONGEST_WAIT = 55
const LOOK_INTERVAL = 1000
/** The one question that needs a body. */
const ASKING = ['POST /v1/verify']
const READING = ['GET', 'HEAD', 'OPTIONS']
/** What only a hub answers: its members' inboxes, its signatures, complaints. */
const OF_THE_HUB = /^\/(?:v1|alliance|federation|case|seal)(?:\/|$)/
/** What belongs to a signed checkpoint, and so to a copy that has got there. */
const OF_A_CHECKPOINT = /^\/log\/(?:checkpoint|tile|proof)|\/proof$/

export function createMirrorApp({
  copy,
  synced,
  report,
  longestWait = LONGEST_WAIT,
  lookInterval = LOOK_INTERVAL,
  closing,
}: MirrorAppParts): Hono {
  const app = new Hono()
  let known = -1
  app.use(async (c, next) => {
    const { size } = await readHead(copy)
    if (size !== known) {
      await noticeGrowth(copy)
      known = size
    }
    await next()
    const at = synced()
    c.res.headers.set('Mirror-Of', copy.origin)
    if (at !== undefined) c.res.headers.set('Mirror-Synced', new Date(at).toISOString())
    const exposed = c.res.headers.get('Access-Control-Expose-Headers')
    if (exposed) c.res.headers.set('Access-Control-Expose-Headers', `${exposed}, Mirror-Of, Mirror-Synced`)
  })
  app.use(async (c, next) => {
    const { method, path } = c.req
    if (!READING.includes(method) && !ASKING.includes(`${method} ${path}`)) throw readOnly(copy, path)
    if (OF_A_CHECKPOINT.test(path)) assertWhole(await readHead(copy))
    await next()
  })
  const state = async (): Promise<CopyState> => {
    const { size, at } = await readHead(copy)
    return { size, at: new Date(synced() ?? at).toISOString() }
  }
  frameApp(app, copy, report)
  app.notFound((c) => {
    if (wantsPage(c)) return missingPage(c, { origin: copy.origin, demo: copy.demo, copy: state })
    if (OF_THE_HUB.test(c.req.path))
      return refuse(copy, readOnly(copy, c.req.path), { Allow: 'GET, HEAD, OPTIONS' })
    return refuse(
      copy,
      new Refusal('not-found', {
        detail: 'No such address. The API is described at /openapi.json.',
        value: c.req.path.slice(0, 200),
      }),
    )
  })
  app.route('/', readRoutes({ hub: copy, longestWait, lookInterval, closing }))
  app.get('/readyz', (c) => getReady(c, copy))
  app.route(
    '/',
    pageRoutes({
      origin: copy.origin,
      demo: copy.demo,
      verify: async (query) => (await verify(copy, query)).verdict,
      overview: () => readOverview(copy),
      copy: state,
      // Complaints go to the hub and the agencies; a copy names their addresses.
      complaints: { desks: () => listComplaintDesks(copy), mail: false },
    }),
  )
  return app
}

/** Another process brought the copy further: what was erased must leave this one's memory too. */
async function noticeGrowth(copy: Reader): Promise<void> {
  copy.memory.verdicts = { byName: new Map(), bytes: 0 }
  await refreshLogKeys(copy)
}

function readOnly({ origin }: Reader, path: string): Refusal {
  return new Refusal('read-only-copy', {
    detail: `This is a copy of ${origin}: it answers look-ups, and takes nothing in. Go to ${origin}${path.slice(0, 200)}.`,
    value: path.slice(0, 200),
  })
}

/** While a copy is brought up to date, the checkpoint it goes to is ahead of the entries that it has. */
function assertWhole({ note, size }: { note: string; size: number }): void {
  if (note.split('\n')[1] === String(size)) return
  throw new Refusal('not-ready', {
    detail: 'This copy is being brought up to date. Ask again in a while.',
    retryAfter: 10,
  })
}
