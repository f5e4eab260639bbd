/** The user stories in a real browser, against a real hub that demo members filled through its public API. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PRINCIPLE_TEXTS } from '../../src/alliance/principles.js'
import { changeStatus } from '../../src/cli/agency/change-status.js'
import { findFreePort } from '../../src/cli/demo/free-port.js'
import { demoFolders, seedDemo } from '../../src/cli/demo/seed.js'
import { startDemoHub } from '../../src/cli/demo/start-demo-hub.js'
import { createHubClient } from '../../src/cli/hub-client.js'
import { openWorkspace } from '../../src/cli/workspace.js'
import type { RunningHub } from '../../src/node.js'
import { CATALOGUES } from '../../src/pages/frame/reader.js'
import { sharedBrowser } from './launch.js'
import { picture, screenshot } from './look.js'

const PHONE = { width: 360, height: 780 }
const DESK = { width: 1100, height: 900 }

const data = mkdtempSync(join(tmpdir(), 'trustmark-stories-'))
const now = () => Math.floor(Date.now() / 1000)
let running: RunningHub
let origin: string
let browser: Browser

beforeAll(async () => {
  running = await startDemoHub({ data, port: await findFreePort() }, (line) => {
    throw new Error(JSON.stringify(line))
  })
  origin = running.config.origin
  await seedDemo(createHubClient(origin), data, now, () => undefined)
  browser = await sharedBrowser()
})
afterAll(async () => {
  await running?.close()
  rmSync(data, { recursive: true, force: true })
})

/** A visitor without scripts, as everybody can be one. */
async function visit(
  locale: string,
  viewport: { width: number; height: number },
  story: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext({ viewport, locale, javaScriptEnabled: false })
  try {
    await story(await context.newPage())
  } finally {
    await context.close()
  }
}

/** Longest answer about one certified shop, in CSS pixels on a telephone: four to five screens of reading. */
const LONGEST_ANSWER = 3200

describe('a shopper', () => {
  test('in Japan asks about a Thai shop and reads the answer in Japanese', async () => {
    await visit('ja-JP', DESK, async (page) => {
      await page.goto(`${origin}/ja/`)
      await page.locator('input[name=q]').fill('https://somjai-silk.example/products/42?utm_source=mail')
      await page.locator('form[role=search] button, form button').first().click()
      await page.waitForURL(/\/ja\/verify/)
      expect(await page.title()).toContain(CATALOGUES.ja.verdicts.certified.title)
      const text = await page.locator('main').innerText()
      expect(text).toContain('somjai-silk.example')
      expect(text).toContain('DBD Verified')
      expect(text).toContain('タイ商務省')
      expect(await page.locator('body').innerText()).toContain(CATALOGUES.ja.demo.says)
      await picture(page, 'certified-ja')
      await page.goto(`${origin}/ja/r/th-dbd%3AV-2569-0101`)
      expect(await page.locator('.place').first().textContent()).toBe('somjai-silk.example')
      await picture(page, 'record-ja')
    })
  })

  test('in Hanoi finds everything about a certified shop on a few screens of her phone', async () => {
    await visit('vi-VN', PHONE, async (page) => {
      await page.goto(`${origin}/vi/verify?q=somjai-silk.example&for=`)
      await screenshot(page, 'story-certified-vi')
      const { vi } = CATALOGUES
      const text = await page.locator('main').innerText()
      for (const seen of [
        vi.verdicts.certified.title,
        'somjai-silk.example',
        'Cục Phát triển Kinh doanh, Bộ Thương mại Thái Lan',
        'Có hiệu lực đến 14 tháng 3 năm 2027',
        ...Object.values(PRINCIPLE_TEXTS).map(({ name }) => name.vi ?? ''),
        vi.principles.full,
        vi.complaints.title,
        'Văn phòng Ủy ban Bảo vệ Người tiêu dùng Thái Lan',
      ])
        expect(text).toContain(seen)
      expect(text).not.toContain('Thái Lan, Thái Lan')
      expect(await page.locator('select[name=for]').count()).toBe(1)
      expect(await page.locator('select[name=for]').inputValue()).toBe('')
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      expect(height).toBeLessThanOrEqual(LONGEST_ANSWER)
    })
  })

  test('in Hanoi says where she lives and gets the body there, also for a shop without a mark', async () => {
    await visit('vi-VN', PHONE, async (page) => {
      await page.goto(`${origin}/vi/verify?q=no-such-shop.example&for=`)
      expect(await page.locator('select[name=for]').inputValue()).toBe('')
      expect(await page.locator('main').innerText()).not.toContain(CATALOGUES.vi.complaints.none)
      await page.locator('select[name=for]').selectOption('VN')
      await page.getByRole('button', { name: CATALOGUES.vi.complaints.show }).click()
      await page.waitForURL(/for=VN/)
      expect(await page.locator('.complaints').innerText()).toContain('Ủy ban Cạnh tranh Quốc gia')
      expect(await page.locator('select[name=for]').count()).toBe(1)
      expect(await page.locator('select[name=for]').inputValue()).toBe('VN')
      await screenshot(page, 'story-not-found-vi')
    })
  })

  test('in Hanoi pastes what a share sheet gave her, on a phone', async () => {
    await visit('vi-VN', PHONE, async (page) => {
      await page.goto(`${origin}/vi/verify`)
      await page
        .locator('input[name=q]')
        .fill('Xem cửa hàng này nhé: https://shopee.co.th/demo_somjai_silk?smtt=0.0 (gửi từ Shopee)')
      await page.locator('form button').first().click()
      await page.waitForURL(/q=/)
      expect(await page.title()).toContain(CATALOGUES.vi.verdicts['identity-confirmed'].title)
      expect(await page.locator('main').innerText()).toContain('DBD Registered')
      await screenshot(page, 'story-identity-vi')
    })
  })

  test('sees in the next look-up that the agency has suspended a mark', async () => {
    await visit('th-TH', PHONE, async (page) => {
      const address = `${origin}/th/verify?q=${encodeURIComponent('https://malee-sweets.example')}`
      await page.goto(address)
      expect(await page.title()).toContain(CATALOGUES.th.verdicts.certified.title)
      await changeStatus(openWorkspace(demoFolders(data).member('th-dbd')), createHubClient(origin), {
        certificate: 'V-2569-0110',
        change: 'suspended',
        reason: { th: 'ไม่สามารถยืนยันข้อมูลการติดต่อของร้านได้', en: 'Contact could not be confirmed.' },
        now,
      })
      await page.goto(`${origin}/th/verify?record=th-dbd:V-2569-0110`)
      expect(await page.title()).toContain(CATALOGUES.th.verdicts.suspended.title)
      expect(await page.locator('main').innerText()).toContain('ไม่สามารถยืนยันข้อมูลการติดต่อ')
      await picture(page, 'suspended-th')
    })
  })

  test('finds nothing for an unknown shop, and reads which schemes were searched', async () => {
    await visit('en-GB', PHONE, async (page) => {
      await page.goto(`${origin}/verify?q=${encodeURIComponent('https://somjai-siIk.example')}`)
      expect(await page.title()).toContain(CATALOGUES.en.verdicts['not-found'].title)
      const text = await page.locator('main').innerText()
      expect(text).toContain('SafeWeb')
      expect(text).toContain('TradeSafe')
      await picture(page, 'not-found-en')
    })
  })

  test('sees on the start page who publishes here', async () => {
    await visit('vi-VN', DESK, async (page) => {
      await page.goto(`${origin}/vi/`)
      const text = await page.locator('main').innerText()
      expect(text).toContain('SafeWeb')
      await picture(page, 'start-vi')
    })
  })

  test('follows a record’s own link to its page', async () => {
    await visit('en-GB', DESK, async (page) => {
      await page.goto(`${origin}/r/th-dbd:V-2569-0102`)
      expect(await page.title()).toContain(CATALOGUES.en.verdicts.certified.title)
      await screenshot(page, 'story-certified-en')
    })
  })
})
