/** A real hub whose log grows without signing anything: entries of short dummy texts, in real tiles and checkpoints. */
import { readHead } from '../../src/hub/hub.js'
import { appendEntries } from '../../src/hub/sequence.js'
import { sha256Hex } from '../../src/trust/digest.js'
import type { TestHub } from '../hub-fixture.js'
import type { Get } from './c2sp/read-log.js'

/** Entries in one commit. */
const STEP = 1000

/** The dummy statement with this index. */
export const dummyStatement = (index: number): string => `dummy statement ${index}`

/** Lets the log grow to this size; one checkpoint a thousand entries, and one at the end. */
export async function growTo({ hub }: TestHub, size: number): Promise<void> {
  for (let head = await readHead(hub); head.size < size; head = await readHead(hub)) {
    const entries = Array.from({ length: Math.min(STEP, size - head.size) }, (_, i) => {
      const index = head.size + i
      const jws = dummyStatement(index)
      return {
        index,
        at: hub.now() + index,
        issuer: 'th-dbd',
        kind: 'record',
        sha256: sha256Hex(jws),
        jti: `dummy-${index}`,
        subject: null,
        country: null,
        jws,
      }
    })
    const { next, tiles } = await appendEntries(hub, head, entries, head.at)
    const committed = await hub.store.commit({
      previous: head,
      next,
      entries,
      tiles,
      members: [],
      standings: [],
      issued: [],
      changed: [],
      registers: [],
      erased: { entries: [], records: [] },
      logKeys: [],
      refused: [],
    })
    if (!committed) throw new Error('the head moved')
  }
}

/** Asks the hub's log over HTTP. */
export const logOf =
  ({ app }: TestHub): Get =>
  async (path) =>
    app.request(`/log/${path}`)
