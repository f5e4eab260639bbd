/** One demo hub with its demo data, filled through its public API, which all test files of a process look at and none changes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { findFreePort } from '../../src/cli/demo/free-port.js'
import { seedDemo } from '../../src/cli/demo/seed.js'
import { startDemoHub } from '../../src/cli/demo/start-demo-hub.js'
import { createHubClient } from '../../src/cli/hub-client.js'
import { sharedBrowser } from './launch.js'

export const PHONE = { width: 360, height: 780 }
export const DESK = { width: 1100, height: 900 }

let started: Promise<string> | undefined

/** The origin of the hub; it ends with the process. */
export function sharedDemo(): Promise<string> {
  started ??= startDemo()
  return started
}

async function startDemo(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'trustmark-shared-'))
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  const running = await startDemoHub({ data, port: await findFreePort() }, (line) => {
    throw new Error(JSON.stringify(line))
  })
  const { origin } = running.config
  await seedDemo(
    createHubClient(origin),
    data,
    () => Math.floor(Date.now() / 1000),
    () => undefined,
  )
  return origin
}

/** A visitor in a context of its own: by default without scripts, as everybody can be one. */
export async function visitAs(
  visitor: {
    locale?: string
    viewport?: { width: number; height: number }
    scripts?: boolean
    colorScheme?: 'light' | 'dark'
    forcedColors?: 'active' | 'none'
  },
  story: (page: Page) => Promise<void>,
): Promise<void> {
  const browser = await sharedBrowser()
  const { locale = 'en-GB', viewport = PHONE, scripts = false, colorScheme, forcedColors } = visitor
  const context = await browser.newContext({
    viewport,
    locale,
    javaScriptEnabled: scripts,
    ...(colorScheme && { colorScheme }),
    ...(forcedColors && { forcedColors }),
  })
  try {
    await story(await context.newPage())
  } finally {
    await context.close()
  }
}
