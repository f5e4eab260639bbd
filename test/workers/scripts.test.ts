/** The browsers' scripts on Workers: Cloudflare serves them in front of the Worker, with what Node would answer. */
import { applyD1Migrations, env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { Hono } from 'hono'
import { beforeAll, expect, it } from 'vitest'
import built from '../../dist/browser.json?raw'
import type { BrowserBundles } from '../../src/pages/complaint/bundles.js'
import { clientRoutes } from '../../src/pages/complaint/client-routes.js'
import type { PageDeps } from '../../src/pages/deps.js'
import { sealRoutes } from '../../src/pages/seal/routes.js'
import { sha256Hex } from '../../src/trust/digest.js'
import { ORIGIN } from '../signing.js'

interface ClientList {
  scripts: Record<string, { file: string; address?: string; sha256: string; integrity: string }>
  texts: { intake: Record<string, { file: string; sha256: string }> }
}

const HEADERS = [
  'content-type',
  'cache-control',
  'access-control-allow-origin',
  'cross-origin-resource-policy',
  'x-content-type-options',
]
const headersOf = ({ headers }: Response) =>
  Object.fromEntries(HEADERS.map((name) => [name, headers.get(name)]))
const visit = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  env.FRONT.fetch(ORIGIN + path, { headers }) as unknown as Promise<Response>

const bundles = JSON.parse(built) as BrowserBundles
const node = new Hono()
  .route('/', clientRoutes(bundles))
  // A script is answered from the bundles alone.
  .route('/', sealRoutes({ bundles } as PageDeps))
let list: ClientList

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  list = await (await visit('/client.json')).json()
})

it('publishes the same hashes as Node', async () => {
  expect(Object.keys(list.scripts).sort()).toEqual(['case', 'intake', 'seal'])
  expect(list).toEqual(await (await node.request('/client.json')).json())
})

it('serves each script and text with its published hash and Node’s headers', async () => {
  const files = [...Object.values(list.scripts), ...Object.values(list.texts.intake)]
  const addresses = Object.values(list.scripts).flatMap((script) =>
    script.address ? [{ ...script, file: script.address }] : [],
  )
  expect(addresses.map(({ file }) => file)).toEqual(['/seal.js'])
  for (const { file, sha256 } of [...files, ...addresses]) {
    const response = await visit(file)
    expect(response.status, file).toBe(200)
    expect(headersOf(response), file).toEqual(headersOf(await node.request(file)))
    expect(sha256Hex(new Uint8Array(await response.arrayBuffer())), file).toBe(sha256)
    const again = await visit(file, { 'If-None-Match': response.headers.get('etag') ?? '' })
    expect(again.status, file).toBe(304)
  }
})

it('leaves all else to the Worker, which carries no script', async () => {
  for (const path of ['/client/intake-000000000000.js', '/client', '/_headers', '/seal.js/']) {
    const response = await visit(path)
    expect(response.status, path).toBe(404)
    expect(response.headers.get('content-type'), path).toBe('application/problem+json')
  }
  for (const { file } of Object.values(list.scripts))
    expect((await exports.default.fetch(ORIGIN + file)).status, file).toBe(404)
})

it('pages load the scripts that are served', async () => {
  const { file, integrity } = list.scripts.intake!
  const html = await (await visit('/complaint', { Accept: 'text/html' })).text()
  expect(html).toContain(`src="${file}" integrity="${integrity}"`)
})
