/** The complaint form without a mouse, and as a screen reader is told of it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ANSWERS,
  type ComplaintScene,
  createComplaintScene,
  readNumbers,
  STORY,
  visit,
  waitFor,
} from './complaint-scene.js'

let scene: ComplaintScene

beforeAll(async () => {
  scene = await createComplaintScene(['th-dbd', 'th-ocpb', 'jp-ccj'])
})
afterAll(() => scene?.close())

/** No step has more stops than this. */
const MOST_STOPS = 60

/** Presses Tab until the focus is where it should be. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < MOST_STOPS; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${selector} can not be reached`)
}

/** Into a group of choices, and down to the one wanted. */
async function pick(page: Page, name: string, value: string): Promise<void> {
  await tabTo(page, `input[name="${name}"]`)
  const isThere = () =>
    page.evaluate(
      ([n, v]) => document.activeElement?.matches(`input[name="${n}"][value="${v}"]`),
      [name, value],
    )
  for (let i = 0; i < MOST_STOPS && !(await isThere()); i += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
}

async function type(page: Page, id: string, text: string): Promise<void> {
  await tabTo(page, `#${id}`)
  await page.keyboard.insertText(text)
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.id || (document.activeElement?.className ?? ''))

test('files a complaint by the keyboard alone; the focus starts at each step’s heading', async () => {
  const visitor = await visit(scene, 'en')
  const { page, texts } = visitor
  const submit = async (title: string): Promise<void> => {
    await tabTo(page, '.stage button[type=submit]')
    await page.keyboard.press('Enter')
    await waitFor(visitor, title)
    await expect.poll(() => focused(page)).toBe('stage-title')
  }

  // In vain first: the summary takes the focus, and its link leads to the field.
  await tabTo(page, '.stage button[type=submit]')
  await page.keyboard.press('Enter')
  await page.locator('.faults').waitFor()
  await expect.poll(() => focused(page)).toBe('faults')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await focused(page)).toBe('consumerCountry')
  expect(await page.locator('#consumerCountry').getAttribute('aria-invalid')).toBe('true')
  expect(await page.locator('#consumerCountry').getAttribute('aria-describedby')).toContain(
    'consumerCountry-fault',
  )
  await page.keyboard.type('Japan')
  expect(await page.locator('#consumerCountry').inputValue()).toBe('JP')
  expect(await page.locator('#consumerCountry').getAttribute('aria-invalid')).toBeNull()
  await type(page, 'shopText', 'somjai-silk.example')
  await tabTo(page, '.stage button[type=submit]')
  await page.keyboard.press('Enter')
  await page.locator('.found[role=status]').waitFor()
  await submit(texts.problem.title)

  await pick(page, 'claimType', ANSWERS.claim)
  await pick(page, 'relation', 'B2C')
  await pick(page, 'minor', 'no')
  await pick(page, 'otherProceedings', 'no')
  await submit(texts.purchase.title)

  await type(page, 'amount', '1290.50')
  await submit(texts.contact.title)

  await pick(page, 'contacted', 'yes')
  await tabTo(page, '#contactChannel')
  await page.keyboard.press('ArrowDown')
  await pick(page, 'contactResult', 'refused')
  await submit(texts.claim.title)

  await tabTo(page, 'input[name=remedies]')
  await page.keyboard.press('Space')
  await type(page, 'story', STORY)
  await submit(texts.you.title)

  await type(page, 'name', ANSWERS.name)
  await type(page, 'email', ANSWERS.email)
  await pick(page, 'conveyIdentity', 'no')
  await submit(texts.review.title)

  await page.locator('#consent').waitFor()
  await tabTo(page, '#consent')
  await page.keyboard.press('Space')
  await submit(texts.done.title)
  expect((await readNumbers(visitor)).references).toHaveLength(1)
  await tabTo(page, '#kept')
  await page.keyboard.press('Space')
  await tabTo(page, '.stage a.button')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/case$/)
  expect(visitor.faults).toEqual([])
  await visitor.close()
})

test('the telephone’s own “back” goes one step back and keeps what was typed', async () => {
  const visitor = await visit(scene, 'th', { search: '?record=th-dbd%3AR-1' })
  const { page, texts } = visitor
  await page.locator('.found').waitFor()
  await page.locator('#consumerCountry').selectOption('JP')
  await page.locator('.stage button[type=submit]').click()
  await waitFor(visitor, texts.problem.title)
  await page.locator('input[value=late]').check()
  await page.goBack()
  await waitFor(visitor, texts.shop.title)
  expect(await page.locator('#consumerCountry').inputValue()).toBe('JP')
  await page.goForward()
  await waitFor(visitor, texts.problem.title)
  expect(await page.locator('input[value=late]').isChecked()).toBe(true)
  await visitor.close()
})

test('nothing is drawn anew while text is converted: Japanese input stays whole', async () => {
  const visitor = await visit(scene, 'ja', { search: '?record=th-dbd%3AR-1' })
  const { page, texts } = visitor
  await page.locator('.found').waitFor()
  await page.locator('#consumerCountry').selectOption('JP')
  await page.locator('.stage button[type=submit]').click()
  await waitFor(visitor, texts.problem.title)
  for (const [name, value] of [
    ['claimType', 'late'],
    ['relation', 'B2C'],
    ['minor', 'no'],
    ['otherProceedings', 'no'],
  ])
    await page.locator(`input[name=${name}][value=${value}]`).check()
  await page.locator('.stage button[type=submit]').click()
  await waitFor(visitor, texts.purchase.title)
  await page.locator('#product').focus()
  const session = await page.context().newCDPSession(page)
  await page.evaluate(() => {
    new MutationObserver(() => {
      document.documentElement.dataset.drawn = 'yes'
    }).observe(document.getElementById('complaint-form')!, { subtree: true, childList: true })
  })
  await session.send('Input.imeSetComposition', { text: 'きぬ', selectionStart: 2, selectionEnd: 2 })
  await session.send('Input.insertText', { text: '絹' })
  expect(await page.locator('#product').inputValue()).toBe('絹')
  expect(await page.evaluate(() => document.documentElement.dataset.drawn)).toBeUndefined()
  await visitor.close()
})
