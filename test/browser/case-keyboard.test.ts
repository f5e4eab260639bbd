/** The page of a case without a mouse: what is pressed keeps the focus while it works, and what goes away hands it on. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatCaseSecret } from '../../src/dispute/case-reference.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { asOperator, type Filed, fileCase } from '../case-play.js'
import { type CaseScene, createCaseScene, officer, openCasePage, type Visit, visit } from './case-scene.js'

const t = TEXTS.en.case
let scene: CaseScene

beforeAll(async () => {
  scene = await createCaseScene(['jp-ccj', 'th-ocpb', 'vn-vcc'])
})
afterAll(() => scene?.close())

/** No place of the page is further away than this. */
const MOST_STOPS = 60

/** Words, or else the id, of what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return 'nothing'
    return at.id || (at as HTMLElement).innerText.trim()
  })

/** Presses Tab until the focus is on a control with these words or this id. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let i = 0; i < MOST_STOPS; i += 1) {
    if ((await focused(page)) === wanted) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${wanted} can not be reached`)
}

/** Holds back the answers of the hub to a path, to look at the page meanwhile. @returns what lets them go, for good */
async function holdBack(page: Page, path: string): Promise<() => void> {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(path, async (route) => {
    await held
    await route.continue()
  })
  return release
}

/** Presses a button by the keyboard and looks where the focus is while the hub lets her wait. */
async function pressSlowly(page: Page, button: string, path: string): Promise<() => void> {
  await tabTo(page, button)
  const release = await holdBack(page, path)
  const asked = page.waitForRequest(path)
  await page.keyboard.press('Enter')
  await asked
  expect(await focused(page)).toBe(button)
  expect(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-disabled')),
    `${button} is marked as busy`,
  ).toBe('true')
  return release
}

async function openByKeyboard(
  { page }: Visit,
  { ref, secret }: Pick<Filed, 'ref' | 'secret'>,
): Promise<void> {
  await tabTo(page, 'case-reference')
  await page.keyboard.insertText(ref)
  await tabTo(page, 'case-secret')
  await page.keyboard.insertText(formatCaseSecret(secret))
  const release = await holdBack(page, `**/v1/cases/${ref}`)
  const asked = page.waitForRequest(`**/v1/cases/${ref}`)
  await page.keyboard.press('Enter')
  await asked
  expect(await focused(page)).toBe('case-secret')
  expect(await page.locator('#case-secret').isEditable()).toBe(false)
  release()
  await expect.poll(() => focused(page)).toBe('case-state')
}

test('opens a case, looks for news, answers a question and withdraws, and never loses its place', async () => {
  const filed = await fileCase(scene, { question: { lang: 'en' } })
  const ccj = officer(scene, 'jp-ccj', filed)
  await ccj.receipt(filed.ref)
  await ccj.send(filed.ref, { type: 'accepted' })
  const her = await visit(scene, 'en-GB')
  const { page } = her
  await openCasePage(scene, her, 'en')
  await openByKeyboard(her, filed)

  let release = await pressSlowly(page, t.refresh, `**/v1/cases/${filed.ref}`)
  // Pressed again while it works, it does nothing.
  await page.keyboard.press('Enter')
  release()
  await page.locator('.news', { hasText: t.noNews }).waitFor()
  expect(await focused(page)).toBe(t.refresh)

  await ccj.send(
    filed.ref,
    { type: 'info_requested', asks: ['order_number'] },
    ccj.words({ texts: [{ lang: 'en', text: 'Which order number?', made: 'original' }] }),
  )
  await page.keyboard.press('Enter')
  await page.locator('#answer-text').waitFor()
  expect(await focused(page)).toBe(t.refresh)

  await page.keyboard.press('Control+Home')
  await page.locator('#answer-text').focus()
  await page.keyboard.insertText('A-1017')
  release = await pressSlowly(page, t.answer.send, `**/v1/cases/${filed.ref}/events`)
  release()
  await page.locator('.news', { hasText: t.answer.sent }).waitFor()
  // The question is answered and gone: the focus is where the case stands now.
  await expect.poll(() => focused(page)).toBe('case-state')

  await tabTo(page, t.withdraw.title)
  await page.keyboard.press('Enter')
  await tabTo(page, t.withdraw.ask)
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe(t.withdraw.confirm)
  await tabTo(page, t.cancel)
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe(t.withdraw.ask)
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe(t.withdraw.confirm)
  await page.keyboard.press('Enter')
  await page.locator('.news', { hasText: t.withdraw.sent }).waitFor()
  await expect.poll(() => focused(page)).toBe('case-state')
  expect(her.faults).toEqual([])
  await her.close()
})

test('a message leaves the focus at the fold in which it was written', async () => {
  const filed = await fileCase(scene, { question: { lang: 'en' } })
  const her = await visit(scene, 'en-GB')
  const { page } = her
  await openCasePage(scene, her, 'en')
  await openByKeyboard(her, filed)
  await tabTo(page, t.message.title)
  await page.keyboard.press('Enter')
  await tabTo(page, 'message-text')
  await page.keyboard.insertText('Is there any news?')
  const release = await pressSlowly(page, t.message.send, `**/v1/cases/${filed.ref}/events`)
  release()
  await page.locator('.news', { hasText: t.message.sent }).waitFor()
  await expect.poll(() => focused(page)).toBe(t.message.title)
  await her.close()
})

test('the route that was found takes the focus, and she agrees to it by the keyboard', async () => {
  const filed = await fileCase(scene, {
    question: { kind: 'mark_misuse', claimType: 'mark_misuse', lang: 'en' },
  })
  await asOperator(scene).send(filed.ref, { type: 'assigned', to: 'vn-vcc' })
  const her = await visit(scene, 'en-GB')
  const { page } = her
  await openCasePage(scene, her, 'en')
  await openByKeyboard(her, filed)
  let release = await pressSlowly(page, t.reroute.find, `**/v1/cases/${filed.ref}/route-quotes`)
  release()
  await expect.poll(() => focused(page)).toContain('Vietnam Competition Commission')
  release = await pressSlowly(page, t.reroute.agree, `**/v1/cases/${filed.ref}/events`)
  release()
  await page.locator('.news', { hasText: 'Vietnam Competition Commission' }).waitFor()
  await expect.poll(() => focused(page)).toBe('case-state')
  expect(her.faults).toEqual([])
  await her.close()
})

test('the way back for a lost secret keeps the focus while new keys are made', async () => {
  const filed = await fileCase(scene, { question: { lang: 'en' } })
  const her = await visit(scene, 'en-GB')
  const { page } = her
  await openCasePage(scene, her, 'en')
  await tabTo(page, t.lost.title)
  await page.keyboard.press('Enter')
  await page.locator('#lost-reference').waitFor()
  await expect.poll(() => focused(page)).toBe('stage-title')
  await tabTo(page, 'lost-reference')
  await page.keyboard.insertText(filed.ref)
  const release = await pressSlowly(page, t.lost.make, `**/v1/cases/${filed.ref}/recovery`)
  release()
  await expect.poll(() => focused(page)).toBe('stage-title')
  expect(await page.locator('#recovery-code').innerText()).toMatch(/\d{4}/)
  await her.close()
})
