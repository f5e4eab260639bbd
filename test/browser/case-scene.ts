/** One hub, one browser and the agencies of the story for all tests of the case page; the browser's clock is the hub's. */
import { Hono } from 'hono'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { createApp } from '../../src/app.js'
import { formatCaseSecret } from '../../src/dispute/case-reference.js'
import type { MessagePayload } from '../../src/dispute/payload.js'
import type { BrowserBundles } from '../../src/pages/complaint/bundles.js'
import type { PublicJwk } from '../../src/trust/keys.js'
import { asAgency, type Filed, type Stage } from '../case-play.js'
import { createTestHub, type TestHub, type TestMember } from '../hub-fixture.js'
import { builtBundles } from './built.js'
import { sharedBrowser } from './launch.js'
import { screenshot as take } from './look.js'
import { servePages } from './serve-pages.js'

export const PHONE = { width: 360, height: 640 }
export const DESK = { width: 1100, height: 900 }

export interface CaseScene extends Stage {
  t: TestHub
  browser: Browser
  bundles: BrowserBundles
  members: Record<string, TestMember>
  close(): Promise<void>
}

/** Every member that the stories name is admitted. */
export async function createCaseScene(members: readonly string[]): Promise<CaseScene> {
  const bundles = await builtBundles()
  let app = new Hono()
  const server = await servePages(() => new Hono().all('*', (c) => app.fetch(c.req.raw)))
  const { origin } = server
  const t = await createTestHub(':memory:', origin)
  app = createApp({ hub: t.hub, report: (error) => t.reported.push(error), bundles })
  const admitted: Record<string, TestMember> = {}
  for (const id of members) admitted[id] = await t.admit(id)
  const browser = await sharedBrowser()
  return {
    t,
    browser,
    bundles,
    origin,
    request: async (path, init) => t.app.request(path, init),
    now: t.now,
    operator: t.operator,
    members: admitted,
    close: server.close,
  }
}

/** A visitor with scripts. What her browser sends is kept, so that a test can search it. */
export interface Visit {
  page: Page
  context: BrowserContext
  /** Addresses and bodies of every request. */
  sent: string[]
  /** What the page reported as going wrong by itself. */
  faults: string[]
  close(): Promise<void>
}

export async function visit(
  { browser, now }: CaseScene,
  locale: string,
  viewport: { width: number; height: number } = PHONE,
  userAgent?: string,
): Promise<Visit> {
  const context = await browser.newContext({
    viewport,
    locale,
    timezoneId: 'Asia/Tokyo',
    acceptDownloads: true,
    ...(userAgent && { userAgent }),
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(now() * 1000)
  const sent: string[] = []
  const faults: string[] = []
  page.on('request', (request: Request) => {
    sent.push(`${request.url()} ${request.postDataBuffer()?.toString('latin1') ?? ''}`)
  })
  page.on('console', (message) => {
    // A refusal that the page handles is told by the browser too.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  return { page, context, sent, faults, close: () => context.close() }
}

/** The hub's clock moved: the browser's follows. */
export async function follow({ now }: CaseScene, { page }: Visit): Promise<void> {
  await page.clock.setFixedTime(now() * 1000)
}

/** A whole page, to be looked at after a change. */
export function screenshot({ page }: Visit, name: string): Promise<void> {
  return take(page, `case-${name}`)
}

export async function openCasePage({ origin }: CaseScene, { page }: Visit, lang: string): Promise<void> {
  await page.goto(`${origin}${lang === 'en' ? '' : `/${lang}`}/case`)
  await page.locator('#case-reference').waitFor()
}

/** Types reference and secret as people do, and waits for the case. */
export async function openHerCase(
  scene: CaseScene,
  visitor: Visit,
  lang: string,
  { ref, secret }: Pick<Filed, 'ref' | 'secret'>,
): Promise<void> {
  await openCasePage(scene, visitor, lang)
  await typeNumbers(visitor.page, { ref, secret })
}

export async function typeNumbers(page: Page, { ref, secret }: Pick<Filed, 'ref' | 'secret'>): Promise<void> {
  await page.locator('#case-reference').fill(ref.toLowerCase().replaceAll('-', ' '))
  await page.locator('#case-secret').fill(formatCaseSecret(secret))
  await page.locator('form.gate button[type=submit]').click()
  await page.locator('#case-state').waitFor()
}

/** All that an officer needs of her: the key to write to her. */
export interface Addressee {
  consumer: { keys: { enc: PublicJwk } }
}

/** An officer at a member's desk, who writes to whom the case allows. */
export function officer(scene: CaseScene, id: string, { consumer }: Addressee) {
  const agency = asAgency(scene, id)
  const to = (...members: string[]): PublicJwk[] => [
    ...members.flatMap((member) => scene.members[member]!.keys.enc),
    consumer.keys.enc,
  ]
  return {
    ...agency,
    /** Words to the consumer and to these members. */
    words: (payload: Omit<MessagePayload, 'v'>, ...members: string[]) => ({
      words: { payload: { v: 1 as const, ...payload }, to: to(...members) },
    }),
  }
}
