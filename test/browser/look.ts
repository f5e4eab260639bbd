/** What tests look at on any page: rules of accessibility, what does not fit, and pictures for whoever wants to see them. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Where pictures to be looked at after a change lie. */
export const SCREENSHOTS = fileURLToPath(new URL('./screenshots/', import.meta.url))
/** With UPDATE_IMAGES=1 the pictures that the README shows are taken anew. */
const IMAGES = process.env.UPDATE_IMAGES
  ? fileURLToPath(new URL('../../docs/images/', import.meta.url))
  : SCREENSHOTS
/** Taking some two hundred of them costs a minute that no test needs. */
const isTaken = Boolean(process.env.SCREENSHOTS ?? process.env.UPDATE_IMAGES)

/** A picture of the whole page, taken with SCREENSHOTS=1 only. */
export async function screenshot(page: Page, name: string, fullPage = true): Promise<void> {
  if (isTaken) await page.screenshot({ path: join(await made(SCREENSHOTS), `${name}.png`), fullPage })
}

/** A picture that the README shows. */
export async function picture(page: Page, name: string): Promise<void> {
  if (isTaken) await page.screenshot({ path: join(await made(IMAGES), `${name}.png`) })
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  return folder
}

/** Rules broken on the page, by id and element. The policy of the pages lets no script in, so axe goes round it. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe }
    const result = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    return result.violations.flatMap((v) =>
      v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary}`),
    )
  })
}

/** How far the page is wider than its screen, in CSS pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
