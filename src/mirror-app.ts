/** Builds the Hono app of a copy: it answers look-ups as its hub does, takes nothing in and signs nothing. Knows no runtime. */
import { Hono } from 'hono'
import { getReady } from './api/get-health.js'
import { refuse } from './api/http.js'
import { hubOnlyRoutes } from './api/hub-only-routes.js'
import { LONGEST_WAIT, LOOK_INTERVAL } from './api/long-poll.js'
import { readRoutes } from './api/read-routes.js'
import { frameApp, type ReportFailure } from './app-frame.js'
import { listComplaintDesks } from './hub/complaint-desks.js'
import { listSectors } from './hub/directory/list-sectors.js'
import { searchDirectory } from './hub/directory/search.js'
import { assertWhole, beingBroughtUp, isWhole, type Reader, readHead } from './hub/hub.js'
import { refreshLogKeys } from './hub/mirror/open-copy.js'
import { readOverview } from './hub/overview.js'
import { readSchemes } from './hub/read-schemes.js'
import { verify } from './hub/verify.js'
import type { BrowserBundles } from './pages/complaint/bundles.js'
import type { CopyState } from './pages/frame/copy-notice.js'
import { pageRoutes } from './pages/page-routes.js'

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
  /** Scripts for browsers. */
  bundles?: BrowserBundles
}

/** What belongs to a signed checkpoint, and so to a copy that has got there. */
const OF_A_CHECKPOINT = /^\/log\/(?:checkpoint|tile|proof)|\/proof$/
/** What is told from the records in force. */
const LOOK_UPS = /^\/(?:v1\/(?:verify|records|search|members)|marks|readyz)(?:\/|$)/
const READING = ['GET', 'HEAD']
/** Headers that a copy adds, for scripts of other origins too. */
const OWN_HEADERS = 'Mirror-Of, Mirror-Synced, Mirror-Interim'

export function createMirrorApp({
  copy,
  synced,
  report,
  longestWait = LONGEST_WAIT,
  lookInterval = LOOK_INTERVAL,
  closing,
  bundles,
}: MirrorAppParts): Hono {
  const app = new Hono()
  const lacks = watchCopy(copy, synced)
  app.use(async (c, next) => {
    const head = await readHead(copy)
    await lacks()
    await next()
    const at = synced()
    c.res.headers.set('Mirror-Of', copy.origin)
    if (at !== undefined) c.res.headers.set('Mirror-Synced', new Date(at).toISOString())
    if (!isWhole(head)) c.res.headers.set('Mirror-Interim', String(head.size))
    const exposed = c.res.headers.get('Access-Control-Expose-Headers')
    if (exposed) c.res.headers.set('Access-Control-Expose-Headers', `${exposed}, ${OWN_HEADERS}`)
  })
  const state = async (): Promise<CopyState> => {
    const { size, at } = await readHead(copy)
    return { size, at: new Date(synced() ?? at).toISOString() }
  }
  const { origin, demo } = copy
  frameApp(app, copy, report, { origin, demo, copy: state })
  app.use(async (c, next) => {
    const { method, path } = c.req
    if (READING.includes(method) && OF_A_CHECKPOINT.test(path)) assertWhole(await readHead(copy))
    await next()
    // Asked behind the answer: another process may have brought the copy further while it was made.
    if (method === 'OPTIONS' || !LOOK_UPS.test(path) || !(await lacks())) return
    // Hono would merge in the headers of the answer that stands there so far, its caching among them.
    c.res = undefined
    c.res = refuse(copy, beingBroughtUp())
  })
  const whole = async <T>(read: () => Promise<T>): Promise<T> => {
    const found = await read()
    if (await lacks()) throw beingBroughtUp()
    return found
  }
  app.route('/', readRoutes({ hub: copy, longestWait, lookInterval, closing }))
  app.get('/readyz', (c) => getReady(c, copy))
  app.route('/', hubOnlyRoutes(copy))
  app.route(
    '/',
    pageRoutes({
      origin,
      demo,
      verify: (query) => whole(async () => (await verify(copy, query)).verdict),
      overview: () => whole(() => readOverview(copy)),
      now: copy.now,
      directory: (query) => whole(() => searchDirectory(copy, query)),
      sectors: () => whole(() => listSectors(copy)),
      schemes: () => whole(() => readSchemes(copy)),
      bundles,
      copy: state,
      // Complaints go to the hub and the agencies; a copy names their addresses.
      complaints: { desks: () => whole(() => listComplaintDesks(copy)), mail: false },
    }),
  )
  return app
}

/**
 * Notices that another process brought the copy further: what was erased must leave this one's memory too.
 * @returns whether it must not answer: its first sync is not done, so what it does not have was never looked for; or a statement
 *   is missing that no erasure in the copy names, and a revocation could be what is missing
 */
function watchCopy(copy: Reader, synced: MirrorAppParts['synced']): () => Promise<boolean> {
  let known = { size: -1, lacks: false }
  let finished = false
  return async () => {
    const head = await readHead(copy)
    const { size } = head
    finished ||= synced() !== undefined || isWhole(head)
    if (size !== known.size) {
      copy.memory.verdicts = { byName: new Map(), bytes: 0 }
      await refreshLogKeys(copy)
      known = { size, lacks: (await copy.store.withheld(1)).length > 0 }
    }
    return !finished || known.lacks
  }
}
