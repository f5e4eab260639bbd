/** The pages of a copy: where complaints and cases are really taken, in every language. */
import { beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../src/alliance/text.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { CATALOGUES, localPath } from '../src/pages/frame/reader.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { createTestHub, recordClaims, signRecord, type TestHub } from './hub-fixture.js'
import { copyOf, sync } from './mirror-fixture.js'

const SHOP = 'https://somjai-silk.example'
/** Where the copy itself is asked. */
const HERE = 'https://copy.example'

let t: TestHub
let app: ReturnType<typeof createMirrorApp>

beforeAll(async () => {
  t = await createTestHub()
  const dbd = await t.admit('th-dbd')
  await t.admit('jp-ccj')
  await t.push(await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'A-1', url: SHOP })))
  const copy = await copyOf(t)
  await sync(copy, t)
  app = createMirrorApp({ copy, synced: () => t.now() * 1000, report: (error) => t.reported.push(error) })
})

/** As a browser asks. */
const visit = (path: string, init: RequestInit = {}): Promise<Response> =>
  Promise.resolve(app.request(HERE + path, { headers: { accept: 'text/html' }, ...init }))
const read = async (path: string): Promise<string> => (await visit(path)).text()
const mainOf = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'))
const linksOf = (html: string): string[] =>
  [...mainOf(html).matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
const wordsOf = (html: string): string => mainOf(html).replaceAll(/<[^>]*>/g, '')

describe.each(LANGUAGES)('a copy’s pages in %s', (lang) => {
  const form = (): string => `${t.hub.origin}${localPath(lang, '/complaint')}`
  const { page } = TEXTS[lang].complaint
  const { copy } = CATALOGUES[lang]

  it('say that the hub takes complaints, where, and who else can be turned to', async () => {
    const response = await visit(localPath(lang, '/complaint'))
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(linksOf(html)).toContain(form())
    const shown = form().replace('http://', '')
    expect(wordsOf(html)).toContain(copy.complaints.replace('{form}', shown))
    expect(wordsOf(html)).toContain(copy.instead)
    expect(html).not.toMatch(/\{\w+\}/)
    // CCJ's own form, as on the hub's page.
    const desks = linksOf(await (await t.app.request(localPath(lang, '/complaint'))).text())
    expect(desks).toContain('https://www.ccj.kokusen.go.jp/sdn_doi')
    expect(linksOf(html)).toEqual(expect.arrayContaining(desks))
  })

  it('promise no form of their own, with a script or without', async () => {
    for (const path of ['/', '/complaint', `/verify?url=${SHOP}`]) {
      const html = await read(localPath(lang, path))
      for (const text of [page.aboutShopLead, page.noScript, page.description, page.lead, page.loading])
        expect(html).not.toContain(text)
      expect(html).not.toContain('<script')
      expect(linksOf(html).filter((href) => /^\/.*complaint/.test(href))).toEqual([])
    }
    const { headers } = await visit(localPath(lang, '/complaint'))
    expect(headers.get('content-security-policy')).not.toContain('script-src')
  })

  it('lead from the start page to the hub’s form', async () => {
    const html = await read(localPath(lang, '/'))
    expect(linksOf(html)).toContain(form())
    expect(wordsOf(html)).toContain(copy.complaints.replace('{form}', form().replace('http://', '')))
  })

  it('keep the shop on the way to the hub’s form', async () => {
    const record = 'th-dbd:A-1'
    const about = (name: string, value: string) => `${form()}?${new URLSearchParams({ [name]: value })}`
    expect(linksOf(await read(localPath(lang, `/verify?url=${SHOP}`)))).toContain(about('record', record))
    for (const [name, value] of [
      ['record', record],
      ['url', SHOP],
    ] as const) {
      const own = `${localPath(lang, '/complaint')}?${new URLSearchParams({ [name]: value })}`
      expect(linksOf(await read(own))).toContain(t.hub.origin + own)
    }
  })

  it.each(['GET', 'HEAD'])(
    'send somebody who holds a case’s reference on to the hub (%s)',
    async (method) => {
      const response = await visit(localPath(lang, '/case'), { method })
      expect([response.status, response.headers.get('location')]).toEqual([
        302,
        `${t.hub.origin}${localPath(lang, '/case')}`,
      ])
      expect(response.headers.get('mirror-of')).toBe(t.hub.origin)
      expect((await t.app.request(localPath(lang, '/case'))).status).toBe(200)
    },
  )

  it('are not those of the hub, which takes complaints itself', async () => {
    const html = await (await t.app.request(localPath(lang, '/'))).text()
    expect(linksOf(html)).toContain(localPath(lang, '/complaint'))
    expect(html).toContain(page.aboutShopLead)
    expect(html).not.toContain(copy.complaints.split('{form}')[0])
  })
})

describe('a copy', () => {
  it('sends nobody anywhere but to its hub’s own page of cases', async () => {
    for (const path of ['/case?next=https://evil.example', '/case//evil.example', '//evil.example/case']) {
      const location = (await visit(path)).headers.get('location')
      expect([null, `${t.hub.origin}/case`]).toContain(location)
    }
    expect(t.reported).toEqual([])
  })
})
