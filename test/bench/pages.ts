/** Pages about records over HTTP, against a bare Hono route that answers a page of the same size to the same requests. */
import type { Served } from './lookup.js'
import { alternate, report } from './lookup.js'
import { pagePath } from './shops.js'

/** Shops whose seals are tapped again and again. */
const POPULAR = 500

/** @param records how many shops are published, numbered from 0 */
export async function measurePages(hub: Served, bare: Served, records: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${hub.port}${pagePath(0)}`)
  const body = await response.text()
  if (response.status !== 200 || !body.includes('<h1 id="verdict">'))
    throw new Error(`unexpected page: ${body.slice(0, 300)}`)
  await bare.child.ask({ body, type: 'text/html; charset=utf-8' })
  const detail = { records, responseBytes: Buffer.byteLength(body) }

  const hot = await alternate(hub, bare, () => Array.from({ length: 8000 }, () => pagePath(0)))
  report('pages', hot, { ...detail, shops: 1 })
  const popular = await alternate(hub, bare, () =>
    Array.from({ length: 6000 }, (_, i) => pagePath((i * 31) % POPULAR)),
  )
  report('pages.popular', popular, { ...detail, shops: POPULAR })
  let fresh = 0
  const cold = await alternate(hub, bare, () =>
    Array.from({ length: 1000 }, () => pagePath((fresh++ * 7919) % records)),
  )
  report('pages.cold', cold, { ...detail, shops: 'every request about another one' })
}
