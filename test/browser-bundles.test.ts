/** The scripts for browsers as they are built and served: small, the same each time, without texts and without eval. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildBrowser } from '../scripts/build-browser.mjs'
import { LANGUAGES } from '../src/alliance/text.js'
import { createApp } from '../src/app.js'
import type { BrowserBundle, BrowserBundles } from '../src/pages/complaint/bundles.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { createTestHub, type TestHub } from './hub-fixture.js'

/** Compressed: half a minute over a line of 5 kB a second. */
const BUDGET = 150_000

let bundles: BrowserBundles
let t: TestHub
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  bundles = await buildBrowser()
  t = await createTestHub()
  await t.admit('jp-ccj')
  await t.admit('th-ocpb')
  app = createApp({ hub: t.hub, report: () => undefined, bundles })
})

const page = async (path: string, from = app): Promise<{ response: Response; html: string }> => {
  const response = await from.request(path, { headers: { Accept: 'text/html' } })
  return { response, html: await response.text() }
}

describe.each(['intake', 'case'] as const)('the script %s', (name) => {
  const bundle = (): BrowserBundle => bundles[name]!

  it('brings the mends for old browsers, which nothing but its start asks for', () => {
    expect(bundle().text).toContain('jitless')
  })

  it('is small enough for a cheap telephone', () => {
    console.log(`${name}: ${bundle().bytes} bytes, ${bundle().gzipBytes} compressed`)
    expect(bundle().gzipBytes).toBeLessThanOrEqual(BUDGET)
  })

  it('is named by its content, and its hashes are those of its bytes', () => {
    const of = (algorithm: string) => createHash(algorithm).update(bundle().text)
    expect(bundle().sha256).toBe(of('sha256').digest('hex'))
    expect(bundle().integrity).toBe(`sha384-${of('sha384').digest('base64')}`)
    expect(bundle().file).toBe(`${name}-${bundle().sha256.slice(0, 12)}.js`)
  })

  it('says nothing itself: its texts come with the page', () => {
    for (const lang of LANGUAGES) {
      const { page: own, review, form } = TEXTS[lang].complaint
      for (const text of [own.lead, review.queueSays, form.keepHint])
        expect(bundle().text).not.toContain(text)
    }
  })

  it('runs under a policy without eval, in browsers that know no look-behind', () => {
    expect(bundle().text).not.toMatch(/\beval\(|\bimportScripts\b/)
    expect(bundle().text).not.toMatch(/\(\?<[=!]/)
    // Class fields and private names are syntax that Safari 14 lacks in part: esbuild must have written them otherwise.
    expect(bundle().text).not.toMatch(/\bstatic\{|\?\?=|\|\|=/)
  })
})

it('are the same bytes from the same source, built by somebody else too', () => {
  const script = fileURLToPath(new URL('../scripts/build-browser.mjs', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [script], { cwd: '/', encoding: 'utf8' })
  expect(status).toBe(0)
  for (const bundle of Object.values(bundles)) expect(stdout).toContain(bundle.sha256)
})

describe('over HTTP', () => {
  it('scripts are kept for good, and open to pages of agencies', async () => {
    const { file, text } = bundles.intake!
    const response = await app.request(`/client/${file}`)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.text()).toBe(text)
    expect((await app.request('/client/intake-000000000000.js')).status).toBe(404)
  })

  it('the build hashes are published, and each file is what its hash says', async () => {
    const list = (await (await app.request('/client.json')).json()) as {
      scripts: Record<string, { file: string; sha256: string; integrity: string }>
      texts: { intake: Record<string, { file: string; sha256: string }> }
    }
    expect(list.scripts.intake?.integrity).toBe(bundles.intake?.integrity)
    expect(Object.keys(list.texts.intake).sort()).toEqual([...LANGUAGES].sort())
    for (const { file, sha256 } of [...Object.values(list.scripts), ...Object.values(list.texts.intake)]) {
      const bytes = Buffer.from(await (await app.request(file)).arrayBuffer())
      expect(createHash('sha256').update(bytes).digest('hex'), file).toBe(sha256)
    }
  })

  it.each(LANGUAGES)(
    'the complaint page in %s loads its script by its hash, and may talk to this hub alone',
    async (lang) => {
      const { response, html } = await page(lang === 'en' ? '/complaint' : `/${lang}/complaint`)
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self' blob: data:; script-src 'self'; connect-src 'self'; worker-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      )
      expect(html).toContain(`src="/client/${bundles.intake?.file}" integrity="${bundles.intake?.integrity}"`)
      expect(html.match(/<script/g)).toHaveLength(2)
      expect(html).not.toMatch(/<(form|input|textarea|select)\b/)
      const settings = JSON.parse(/id="complaint-settings">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as {
        hub: string
        mail: boolean
        words: { lang: string }
      }
      expect(settings).toMatchObject({ hub: t.hub.origin, mail: false, words: { lang } })
    },
  )

  it('without scripts built, the page names addresses and runs nothing', async () => {
    const bare = createApp({ hub: t.hub, report: () => undefined })
    const { html } = await page('/complaint', bare)
    expect(html).not.toContain('<script')
    expect(html).toContain('1166')
    expect(html).toContain(TEXTS.en.complaint.page.noScript)
  })

  it('what the page was opened for is echoed as text only', async () => {
    const { html } = await page(
      `/complaint?record=${encodeURIComponent('"><script>alert(1)</script>')}&evil=1`,
    )
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('evil=1')
  })
})
