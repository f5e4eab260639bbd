/** Every step of the complaint form, in four languages, on a telephone and in the dark on a desk: fits, is hit, is heard. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../src/alliance/text.js'
import {
  type ComplaintScene,
  choose,
  createComplaintScene,
  DESK,
  fillStep,
  next,
  PHONE,
  screenshot,
  send,
  tooSmall,
  type Visit,
  visit,
  waitFor,
} from './complaint-scene.js'
import { overflow, violations } from './look.js'

let scene: ComplaintScene

beforeAll(async () => {
  scene = await createComplaintScene(['th-dbd', 'th-ocpb', 'jp-ccj', 'vn-vcc', 'vn-ecomviet', 'jp-tradesafe'])
})
afterAll(() => scene?.close())

/** What must hold of every step: it fits, it can be hit with a thumb, and axe finds nothing. */
async function look(visitor: Visit, name: string): Promise<void> {
  await fits(visitor, name)
  expect(await violations(visitor.page), name).toEqual([])
}

async function fits(visitor: Visit, name: string): Promise<void> {
  await screenshot(visitor, name)
  expect(await overflow(visitor.page), name).toBeLessThanOrEqual(0)
  expect(await tooSmall(visitor.page), name).toEqual([])
}

/** The same step on a telephone and in the dark on a desk: only the style differs, no script asks for either. */
async function lookTwice(visitor: Visit, step: string): Promise<void> {
  const { page, lang } = visitor
  await look(visitor, `${lang}-phone-${step}`)
  await page.setViewportSize(DESK)
  await page.emulateMedia({ colorScheme: 'dark' })
  // Colours are the same in every language: what axe says of them in one it says in all.
  await (lang === 'ja' ? look : fits)(visitor, `${lang}-desk-dark-${step}`)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
}

describe.each(LANGUAGES)('in %s', (lang) => {
  test('every step fits, can be used and breaks no rule of accessibility, on a telephone and a desk', async () => {
    const visitor = await visit(scene, lang, { bypassCSP: true })
    const { texts, page } = visitor
    const steps = ['shop', 'problem', 'purchase', 'contact', 'claim', 'you'] as const
    const titles = [...steps, 'review'] as const
    for (const [i, step] of steps.entries()) {
      await page.locator('.stage button[type=submit]').click()
      await page.locator('.faults').waitFor()
      if (i === 0) await lookTwice(visitor, 'faults')
      await fillStep[step](visitor)
      await lookTwice(visitor, `${i + 1}-${step}`)
      await next(visitor, texts[titles[i + 1]!].title)
    }
    await page.locator('#consent').waitFor()
    await lookTwice(visitor, '7-review')
    await send(visitor)
    await page.getByRole('button', { name: texts.done.keep.picture }).click()
    await page.locator('.keep-safe img').waitFor()
    await lookTwice(visitor, '8-done')
    expect(visitor.faults).toEqual([])
    await visitor.close()
  }, 90_000)

  test('so do the letter to the shop, and the page for whom others can help', async () => {
    const visitor = await visit(scene, lang, { bypassCSP: true })
    const { texts, page } = visitor
    await fillStep.shop(visitor)
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await next(visitor, texts.purchase.title)
    await fillStep.purchase(visitor)
    await next(visitor, texts.contact.title)
    await choose(visitor, 'contacted', 'no')
    await next(visitor, texts.letter.title)
    await page.locator('#keep').check()
    // In Thailand's language her own letter is the shop's.
    if (lang !== 'th') await page.locator('details:not(.bodies) summary').click()
    await look(visitor, `${lang}-letter`)
    await page.reload()
    await waitFor(visitor, texts.form.resumeTitle)
    await look(visitor, `${lang}-resume`)
    await page.getByRole('button', { name: texts.form.resume }).click()
    await waitFor(visitor, texts.letter.waitTitle)
    await look(visitor, `${lang}-waiting`)
    await visitor.close()

    const other = await visit(scene, lang, { bypassCSP: true })
    await fillStep.shop(other, { country: 'TH' })
    await next(other, texts.problem.title)
    await fillStep.problem(other)
    await next(other, texts.exit.referralTitle)
    await look(other, `${lang}-exit`)
    await other.close()
  })
})
