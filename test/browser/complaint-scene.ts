/** One hub, one browser and admitted members for the tests of the complaint form; the browser's clock is the hub's. */
import { Hono } from 'hono'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import type { Language } from '../../src/alliance/text.js'
import { createApp } from '../../src/app.js'
import type { BrowserBundles } from '../../src/pages/complaint/bundles.js'
import { localPath } from '../../src/pages/frame/reader.js'
import type { ComplaintTexts } from '../../src/pages/languages/en/complaint.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import type { Stage } from '../case-play.js'
import {
  createTestHub,
  recordClaims,
  signRecord,
  signRegister,
  type TestHub,
  type TestMember,
} from '../hub-fixture.js'
import { builtBundles } from './built.js'
import { sharedBrowser } from './launch.js'
import { screenshot as take } from './look.js'
import { servePages } from './serve-pages.js'

export const PHONE = { width: 360, height: 640 }
export const DESK = { width: 1100, height: 900 }

/** The certified shop of the stories. */
export const SHOP = 'somjai-silk.example'
export const RECORD = 'th-dbd:R-1'

export interface ComplaintScene extends Stage {
  t: TestHub
  browser: Browser
  bundles: BrowserBundles
  /** th-dbd says again which records are in force: what it has not said of late can't be called forged. */
  publishRegister(): Promise<void>
  close(): Promise<void>
}

/** @param own what the cases use instead of sending nothing */
export async function createComplaintScene(
  members: readonly string[],
  own: Parameters<typeof createTestHub>[2] = {},
): Promise<ComplaintScene> {
  const bundles = await builtBundles()
  let app = new Hono()
  const server = await servePages(() => new Hono().all('*', (c) => app.fetch(c.req.raw)))
  const { origin } = server
  const t = await createTestHub(':memory:', origin, own)
  app = createApp({ hub: t.hub, report: (error) => t.reported.push(error), bundles })
  const admitted: Record<string, TestMember> = {}
  for (const id of members) admitted[id] = await t.admit(id)
  const dbd = admitted['th-dbd']
  if (dbd) {
    const claims = recordClaims(dbd, t.now(), { url: `https://${SHOP}`, origin })
    const [result] = await t.push(await signRecord(dbd, claims))
    if (result?.outcome !== 'accepted') throw new Error(JSON.stringify(result))
  }
  const publishRegister = async (): Promise<void> => {
    if (dbd) await t.push(await signRegister(dbd, [RECORD], t.now(), origin))
  }
  await publishRegister()
  const browser = await sharedBrowser()
  return {
    publishRegister,
    t,
    origin,
    browser,
    bundles,
    request: async (path, init) => app.request(path, init),
    now: t.now,
    operator: t.operator,
    members: admitted,
    close: server.close,
  }
}

/** Somebody who complains. Everything that her browser sends is kept, so that a test can search it. */
export interface Visit {
  page: Page
  lang: Language
  texts: ComplaintTexts
  /** Address, headers and body of every request. */
  sent: string[]
  /** What the browser reported as going wrong by itself, violations of the policy among them. */
  faults: string[]
  close(): Promise<void>
}

export async function visit(
  { browser, t, origin }: Pick<ComplaintScene, 'browser' | 't' | 'origin'>,
  lang: Language,
  { search = '', ...options }: BrowserContextOptions & { search?: string } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: PHONE,
    timezoneId: 'Asia/Tokyo',
    locale: { en: 'en-GB', th: 'th-TH', vi: 'vi-VN', ja: 'ja-JP' }[lang],
    ...options,
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(t.now() * 1000)
  const sent: string[] = []
  const faults: string[] = []
  page.on('request', (request: Request) => {
    const body = request.postDataBuffer()?.toString('latin1') ?? ''
    sent.push(`${request.method()} ${request.url()} ${JSON.stringify(request.headers())} ${body}`)
  })
  page.on('console', (message) => {
    // What the form handles itself, the browser tells too.
    if (message.type() === 'error' && !/status of [45]\d\d|ERR_INTERNET/.test(message.text()))
      faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(`${origin}${localPath(lang, '/complaint')}${search}`)
  if (options.javaScriptEnabled !== false) await page.locator('#stage-title').waitFor()
  return { page, lang, texts: TEXTS[lang].complaint, sent, faults, close: () => context.close() }
}

export function screenshot({ page }: Pick<Visit, 'page'>, name: string): Promise<void> {
  return take(page, `complaint-${name}`)
}

/** What she answers; the story is searched for afterwards in all that was sent. */
export const STORY = '絹のスカーフを注文しましたが三週間たっても届きません。店は返事をしません。'
export const ANSWERS = {
  country: 'JP',
  shop: `この店です https://${SHOP}/orders/77?user=hanako-tanaka どう思う?`,
  claim: 'non_delivery',
  order: 'ZX-99-SENTINEL',
  product: 'シルクのスカーフ赤',
  amount: '12,900',
  currency: 'THB',
  name: '田中花子',
  email: 'hanako.sentinel@mail.example',
  phone: '+81 90 1234 5678',
}

/** Goes on to the next step and waits for its heading. */
export async function next({ page }: Pick<Visit, 'page'>, title: string): Promise<void> {
  await page.locator('.stage button[type=submit]').click()
  await waitFor({ page }, title)
}

export async function waitFor({ page }: Pick<Visit, 'page'>, title: string): Promise<void> {
  await page.locator('#stage-title', { hasText: title }).waitFor({ timeout: 20_000 })
}

export const choose = ({ page }: Pick<Visit, 'page'>, field: string, value: string): Promise<void> =>
  page.locator(`input[name="${field}"][value="${value}"]`).check()

/** Each step's answers, so that a test can stop at any. */
export const fillStep = {
  async shop(visitor: Visit, answers: Partial<typeof ANSWERS> = {}): Promise<void> {
    const { page, texts } = visitor
    const { country, shop } = { ...ANSWERS, ...answers }
    await page.locator('#consumerCountry').selectOption(country)
    await page.locator('#shopText').fill(shop)
    await page.getByRole('button', { name: texts.shop.lookUp }).click()
    await page.locator('.found').waitFor()
  },
  async problem(visitor: Visit, answers: Partial<typeof ANSWERS & { relation: string }> = {}): Promise<void> {
    await choose(visitor, 'claimType', answers.claim ?? ANSWERS.claim)
    await choose(visitor, 'relation', answers.relation ?? 'B2C')
    await choose(visitor, 'minor', 'no')
    await choose(visitor, 'otherProceedings', 'no')
  },
  async purchase({ page }: Visit): Promise<void> {
    await page.locator('#date').fill('2026-10-20')
    await page.locator('#orderNo').fill(ANSWERS.order)
    await page.locator('#product').fill(ANSWERS.product)
    await page.locator('#amount').fill(ANSWERS.amount)
    await page.locator('#currency').selectOption(ANSWERS.currency)
    await page.locator('#paymentMethod').selectOption('card')
  },
  async contact(visitor: Visit): Promise<void> {
    await choose(visitor, 'contacted', 'yes')
    await visitor.page.locator('#contactDate').fill('2026-11-01')
    await visitor.page.locator('#contactChannel').selectOption('email')
    await choose(visitor, 'contactResult', 'no_answer')
  },
  async claim(visitor: Visit): Promise<void> {
    await choose(visitor, 'remedies', 'refund')
    await visitor.page.locator('#story').fill(STORY)
  },
  async you(visitor: Visit): Promise<void> {
    const { page } = visitor
    await page.locator('#name').fill(ANSWERS.name)
    await page.locator('#email').fill(ANSWERS.email)
    await page.locator('#phone').fill(ANSWERS.phone)
    await choose(visitor, 'conveyIdentity', 'yes')
  },
}

/** From the first step to the page on which she agrees. */
export async function fillToReview(visitor: Visit): Promise<void> {
  await fillAll(visitor)
  await visitor.page.locator('#consent').waitFor()
}

/** The same, without waiting for the hub's last answer. */
export async function fillAll(visitor: Visit): Promise<void> {
  const { texts } = visitor
  await fillStep.shop(visitor)
  await next(visitor, texts.problem.title)
  await fillStep.problem(visitor)
  await next(visitor, texts.purchase.title)
  await fillStep.purchase(visitor)
  await next(visitor, texts.contact.title)
  await fillStep.contact(visitor)
  await next(visitor, texts.claim.title)
  await fillStep.claim(visitor)
  await next(visitor, texts.you.title)
  await fillStep.you(visitor)
  await next(visitor, texts.review.title)
}

/** Agrees, sends, and waits for the numbers. */
export async function send(visitor: Visit): Promise<{ references: string[]; secret: string }> {
  const { page, texts } = visitor
  await page.locator('#consent').check()
  await page.locator('.stage button[type=submit]').click()
  await waitFor(visitor, texts.done.title)
  return readNumbers(visitor)
}

export async function readNumbers({
  page,
}: Pick<Visit, 'page'>): Promise<{ references: string[]; secret: string }> {
  return {
    references: await page.locator('.reference').allTextContents(),
    secret: (await page.locator('.secret').innerText()).replace(/\s/g, ''),
  }
}

/** Smallest side of what a finger must hit, in CSS pixels. */
const TOUCH = 44

/** Controls of the form that a finger would miss. */
export const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const target = (e: Element): Element => (e.matches('.choice input') ? e.closest('.choice')! : e)
    return [...document.querySelectorAll('#complaint-form :is(a, button, input, select, textarea, summary)')]
      .map(target)
      .filter((e) => e.closest('details:not([open]) > :not(summary)') === null)
      .filter((e) => e.getBoundingClientRect().height < least - 0.5)
      .map((e) => `${e.outerHTML.slice(0, 100)} ${e.getBoundingClientRect().height}`)
  }, TOUCH)
