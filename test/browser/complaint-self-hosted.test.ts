/** The page of docs/self-hosted-intake.md as an agency hosts it: another origin, pinned keys, the same script. */
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT_STYLE } from '../../src/pages/complaint/client-style.js'
import { STYLE } from '../../src/pages/frame/style.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { readAnchor } from '../../src/verify.js'
import {
  type ComplaintScene,
  createComplaintScene,
  fillAll,
  fillToReview,
  send,
  type Visit,
} from './complaint-scene.js'
import { type PageServer, servePages } from './serve-pages.js'

const DOCUMENT = readFileSync(new URL('../../docs/self-hosted-intake.md', import.meta.url), 'utf8')
/** The example is complete: only its three addresses are changed. */
const EXAMPLE = /```html\n([\s\S]*?)```/.exec(DOCUMENT)?.[1] ?? ''

let scene: ComplaintScene
let agency: PageServer
let browser: Browser
let anchor: object

beforeAll(async () => {
  scene = await createComplaintScene(['th-dbd', 'th-ocpb', 'jp-ccj'])
  browser = scene.browser
  const get = async (path: string): Promise<string> => (await fetch(scene.origin + path)).text()
  anchor = await readAnchor(await get('/alliance/.well-known/openid-federation'), scene.origin, scene.now())
  const list = JSON.parse(await get('/client.json')) as {
    scripts: { intake: { file: string } }
    texts: { intake: { ja: { file: string } } }
  }
  const files: Record<string, [string, string]> = {
    'index.html': ['text/html', EXAMPLE.replaceAll('https://hub.example', scene.origin)],
    'intake.js': ['text/javascript', await get(list.scripts.intake.file)],
    'intake-ja.json': ['application/json', await get(list.texts.intake.ja.file)],
    'style.css': ['text/css', STYLE],
    'client.css': ['text/css', CLIENT_STYLE],
  }
  agency = await servePages(() => {
    const app = new Hono()
    app.get('/complain/anchor.json', (c) => c.json(anchor))
    app.get('/complain/:file', (c) => {
      const [type, text] = files[c.req.param('file')] ?? []
      return text && type ? c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` }) : c.notFound()
    })
    return app
  })
})
afterAll(async () => {
  await agency?.close()
  await scene?.close()
})

async function open(): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'ja-JP' })
  const page = await context.newPage()
  await page.clock.setFixedTime(scene.now() * 1000)
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(`${agency.origin}/complain/index.html`)
  await page.locator('#stage-title').waitFor()
  return { page, lang: 'ja', texts: TEXTS.ja.complaint, sent: [], faults, close: () => context.close() }
}

test('the example of the documentation files a case from another origin, under its own policy', async () => {
  const visitor = await open()
  await fillToReview(visitor)
  for (let i = 0; i < 2; i += 1)
    await visitor.page.getByRole('button', { name: visitor.texts.form.back }).click()
  await visitor.page
    .locator('#files')
    .setInputFiles([{ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a') }])
  await visitor.page.locator('.files li').waitFor()
  for (const title of [visitor.texts.you.title, visitor.texts.review.title]) {
    await visitor.page.locator('.stage button[type=submit]').click()
    await visitor.page.locator('#stage-title', { hasText: title }).waitFor()
  }
  await visitor.page.locator('#consent').waitFor()
  const { references } = await send(visitor)
  const row = await scene.t.hub.cases.store.find(references[0]!)
  expect(row?.status.lead).toBe('jp-ccj')
  expect((await scene.t.hub.cases.store.attachments(references[0]!)).map(({ stored }) => stored)).toEqual([
    true,
  ])
  expect(await visitor.page.locator('.stage a.button').last().getAttribute('href')).toBe(
    `${scene.origin}/ja/case`,
  )
  expect(visitor.faults).toEqual([])
  await visitor.close()
})

test('a hub with other keys than the pinned ones gets nothing', async () => {
  const other = await createComplaintScene(['jp-ccj'])
  const real = anchor
  const configuration = await (await fetch(`${other.origin}/alliance/.well-known/openid-federation`)).text()
  anchor = { ...(await readAnchor(configuration, other.origin, other.now())), origin: scene.origin }
  const visitor = await open()
  await fillAll(visitor)
  await visitor.page.getByText(visitor.texts.errors.untrusted).waitFor()
  anchor = real
  await visitor.close()
  await other.close()
}, 90_000)
