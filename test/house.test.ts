/** The shape of the house: imports point inward, files stay small, words stay the field's (DESIGN 3). */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** Which rooms a room may use, beside itself and the shared file of refusals. */
const MAY_USE: Record<string, readonly string[]> = {
  alliance: [],
  log: [],
  record: ['alliance'],
  trust: ['alliance', 'record', 'log'],
  dispute: ['alliance', 'record', 'trust'],
  hub: ['alliance', 'record', 'dispute', 'trust', 'log'],
  store: ['hub', 'alliance', 'record', 'dispute', 'trust', 'log'],
  api: ['hub', 'alliance', 'record', 'dispute', 'trust', 'log'],
  pages: ['hub', 'alliance', 'record', 'dispute', 'trust', 'log'],
  browser: ['alliance', 'record', 'dispute', 'trust', 'log'],
}

/** What verifies by itself, for readers who trust no hub. */
const FOR_BROWSERS = ['verify.js', 'trusted-keys.js', 'follow-log-keys.js']

/** Larger than any file of logic: only tables of data may pass it. */
const MAX_BYTES = 15_000
/** Catalogues of texts. */
const DATA =
  /^(pages\/languages\/|pages\/frame\/style\.ts|record\/warning-texts\.ts|dispute\/(texts|letters|holidays)\/|dispute\/routing\/(texts\/|ruleset\.ts|referrals\.ts))/

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.replaceAll('\\', '/'))

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/(?:from|import) '(\.[^']+)'/g)].map(([, path]) =>
    relative(SRC, resolve(dirname(join(SRC, file)), path!)).replaceAll('\\', '/'),
  )
}

describe('the house', () => {
  it('has only the rooms of the design', () => {
    const rooms = new Set(files.map((file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')))
    expect([...rooms].filter(Boolean).sort()).toEqual([...Object.keys(MAY_USE), 'cli', 'node'].sort())
  })

  it('lets imports point inward only', () => {
    const wrong = files.flatMap((file) => {
      const room = file.slice(0, file.indexOf('/'))
      const allowed = MAY_USE[room]
      if (!allowed) return []
      return importsOf(file)
        .filter(
          (path) =>
            !['refusal.js', ...(room === 'browser' ? FOR_BROWSERS : [])].includes(path) &&
            // Types of the texts that a page hands to its script.
            !(room === 'browser' && path.startsWith('pages/languages/')) &&
            ![room, ...allowed].includes(path.slice(0, path.indexOf('/'))),
        )
        .map((path) => `${file} uses ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('lets the command line know a hub by what both exchange, not by its endpoints', () => {
    const endpoints = (file: string) => importsOf(file).filter((path) => path.startsWith('api/'))
    expect(files.filter((file) => file.startsWith('cli/') && endpoints(file).length > 0)).toEqual([])
  })

  it('leaves no trace of a test in the files that run in the same process', () => {
    const tests = fileURLToPath(new URL('.', import.meta.url))
    const leaving = readdirSync(tests, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^[^/]*\.test\.ts$|^conformance\/|^browser\//.test(file) && file.endsWith('.ts'))
      .filter((file) =>
        /vi\.(mock|stub)|process\.chdir\(|process\.env\.\w+ =[^=]|globalThis\.\w+ =[^=]/.test(
          readFileSync(join(tests, file), 'utf8').replaceAll(/\/(?:\\.|[^/\n])+\/\.test/g, ''),
        ),
      )
    expect(leaving).toEqual([])
  })

  it('knows no clock in the pure rooms: time comes in as an argument', () => {
    const pure = files.filter((file) => /^(alliance|record|dispute|trust|log)\//.test(file))
    expect(
      pure.filter((file) =>
        /Date\.now\(|new Date\(\)|performance\.now/.test(readFileSync(join(SRC, file), 'utf8')),
      ),
    ).toEqual([])
  })

  it('opens every file with what it is for', () => {
    expect(files.filter((file) => !readFileSync(join(SRC, file), 'utf8').startsWith('/**'))).toEqual([])
  })

  it('keeps files small enough to hold one idea', () => {
    expect(files.filter((file) => !DATA.test(file) && statSync(join(SRC, file)).size > MAX_BYTES)).toEqual([])
  })
})
