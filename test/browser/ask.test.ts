/** Asking, as people meet it: imitations of a certified shop, names in two scripts, a printed code. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../src/alliance/text.js'
import { CATALOGUES, localPath } from '../../src/pages/frame/reader.js'
import { DESK, PHONE, sharedDemo, visitAs } from './demo-scene.js'
import { overflow, screenshot, violations } from './look.js'

/** Pastes a text into the form of the look-up page. */
async function ask(page: Page, text: string): Promise<void> {
  await page.goto(`${await sharedDemo()}${localPath(language(page), '/verify')}`)
  await page.locator('#q').fill(text)
  await page.locator('.search button').click()
}

const languages = new WeakMap<Page, 'vi' | 'th' | 'en' | 'ja'>()
const language = (page: Page) => languages.get(page) ?? 'en'

async function assertFits(page: Page, name: string): Promise<void> {
  expect(await violations(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
  await screenshot(page, `ask-${name}`)
}

const VISITORS = [
  { lang: 'vi', viewport: PHONE, colorScheme: 'light' },
  { lang: 'th', viewport: DESK, colorScheme: 'dark' },
] as const

describe.each(VISITORS)('a visitor who reads $lang', ({ lang, viewport, colorScheme }) => {
  const { similar, names, warnings, misuse } = CATALOGUES[lang]

  test('learns which shop an address imitates, and goes on to the genuine one or to a report', async () => {
    await visitAs({ viewport, colorScheme, scripts: true }, async (page) => {
      languages.set(page, lang)
      for (const [asked, resemblance] of [
        ['https://sоmjai-silk.example/sale', 'letters'],
        ['somjai-silks.example', 'typo'],
        ['xem nhé: https://somjai-silk.shop/', 'suffix'],
        ['somjai-silk-outlet.example', 'name-inside'],
      ] as const) {
        await ask(page, asked)
        const shop = page.locator('.shop', { hasText: similar[resemblance] })
        expect(await shop.locator('.place').innerText()).toContain('somjai-silk.example')
        const isAccused = (await page.locator('.panel .warning.severe').count()) > 0
        expect([resemblance, isAccused]).toEqual([resemblance, resemblance !== 'name-inside'])
        const { title } = warnings[isAccused ? 'lookalike' : 'name-inside']
        expect(await page.locator('.panel').innerText()).toContain(title)
        await assertFits(page, `${resemblance}-${lang}`)
      }
      await ask(page, 'www.somjai-silk.example')
      expect(await page.locator('.panel .warning').count()).toBe(1)
      await assertFits(page, `www-${lang}`)
      await ask(page, 'ซื้อที่ somjai-silk.example หรือ https://ร้านหมวก.example/x')
      expect(await page.locator('.shop .place').count()).toBe(2)
      await assertFits(page, `several-${lang}`)
      await ask(page, '0999000001016')
      await assertFits(page, `mistyped-${lang}`)
      await ask(page, 'https://sоmjai-silk.example/sale')
      expect(await page.locator('.panel .asked').innerText()).toContain('xn--')
      await page.locator('.shop a').first().click()
      expect(new URL(page.url()).pathname).toBe(`/${lang}/r/th-dbd%3AV-2569-0101`)
      await page.goBack()
      await page.getByRole('link', { name: misuse.report }).click()
      expect(decodeURIComponent(page.url())).toContain(`/${lang}/complaint?url=xn--`)
    })
  })

  test('finds shops by name in any script, and chooses by the address', async () => {
    await visitAs({ viewport, colorScheme, scripts: true }, async (page) => {
      languages.set(page, lang)
      for (const [name, address] of [
        ['สมใจผ้าไหม', 'somjai-silk.example'],
        ['見本茶舗', 'mihon-chaho.example'],
      ] as const) {
        await ask(page, name)
        expect(await page.getByText(names.says).count()).toBe(1)
        expect(await page.locator('.shop .place').first().innerText()).toContain(address)
        await assertFits(page, `name-${address.slice(0, 5)}-${lang}`)
      }
      await page.locator('.shop a').first().click()
      expect(new URL(page.url()).pathname).toMatch(new RegExp(`^/${lang}/r/jp-`))
      await ask(page, 'ร้านที่ไม่มีอยู่')
      expect(await page.locator('h1').innerText()).toBe(names.none)
      await assertFits(page, `no-name-${lang}`)
    })
  })
})

test('a printed code asks about its record, in whichever language it is pasted', async () => {
  const origin = await sharedDemo()
  await visitAs({}, async (page) => {
    for (const lang of LANGUAGES) {
      languages.set(page, lang)
      await ask(page, `${origin}/ja/r/th-dbd%3AV-2569-0101`)
      expect(await page.locator('.covered .place').first().innerText()).toContain('somjai-silk.example')
      expect(await page.locator(`a[href="/${lang}/r/th-dbd%3AV-2569-0101"]`).count()).toBe(1)
    }
  })
})
