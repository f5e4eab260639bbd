/** The pages for people in workerd: a record's, the look-up's and the start page, in every language. */
import { applyD1Migrations, env } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import definition from '../../members/th-dbd/member.json?raw'
import type { MemberDefinition } from '../../src/alliance/definition.js'
import { LANGUAGES } from '../../src/alliance/text.js'
import type { LineResult } from '../../src/hub/publish.js'
import { CATALOGUES, localPath, recordPath } from '../../src/pages/frame/reader.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { createSigner } from '../../src/trust/signer.js'
import { createMember, ORIGIN, recordClaims, signRecord, signStatus, type TestMember } from '../signing.js'

const ID = 'th-dbd:R-1'
const HOST = 'somjai-silk.example'
const now = () => Math.floor(Date.now() / 1000)
/** Statements about one record must be dated one after the other; these lie in the last hour. */
let dated = now() - 3600
let dbd: TestMember

async function push(statement: string): Promise<void> {
  const response = await exports.default.fetch(`${ORIGIN}/v1/statements`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ statements: [statement] }),
  })
  const { results } = (await response.json()) as { results: LineResult[] }
  expect(results).toMatchObject([{ outcome: 'accepted' }])
}

async function visit(path: string, headers: Record<string, string> = {}) {
  const response = await exports.default.fetch(`${ORIGIN}${path}`, {
    headers: { Accept: 'text/html', ...headers },
    redirect: 'manual',
  })
  return { response, html: await response.text() }
}

const wordsOf = (html: string): string =>
  html.slice(html.indexOf('<main'), html.indexOf('</main>')).replace(/<[^>]*>/g, '')

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const operator = await createSigner(JSON.parse(env.OPERATOR_KEY))
  dbd = await createMember(JSON.parse(definition) as MemberDefinition, ORIGIN, operator, ++dated)
  await push(dbd.admission)
  await push(await signRecord(dbd, recordClaims(dbd, ++dated)))
})

describe.each(LANGUAGES)('pages on Workers in %s', (lang) => {
  const t = CATALOGUES[lang]
  const { arrival, missing } = TEXTS[lang].record

  it('a record, to who comes from its shop, from elsewhere and from nowhere', async () => {
    const accept = { 'Accept-Language': lang }
    const { response, html } = await visit(recordPath(ID), { ...accept, Referer: `https://${HOST}/` })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Language')).toBe(lang)
    expect(response.headers.get('Vary')).toContain('Accept-Language, Referer')
    expect(response.headers.get('Cache-Control')).toBe('private, max-age=30, must-revalidate')
    expect(html).toContain(`<h1 id="verdict">${t.verdicts['identity-confirmed'].title}</h1>`)
    expect(wordsOf(html)).toContain(arrival.covered.replace('{host}', HOST))
    const elsewhere = await visit(recordPath(ID, lang), { Referer: 'https://evil.example/' })
    expect(wordsOf(elsewhere.html)).toContain(arrival.elsewhere.replaceAll('{host}', 'evil.example'))
    expect(wordsOf((await visit(recordPath(ID, lang))).html)).toContain(arrival.unknown)
    const none = await visit(recordPath('th-dbd:NONE-1', lang))
    expect(none.response.status).toBe(404)
    expect(wordsOf(none.html)).toContain(missing.genuine)
  })

  it('the start page, and the answer to an address', async () => {
    for (const path of ['/', '/verify', `/verify?q=${HOST}`]) {
      const { response, html } = await visit(localPath(lang, path))
      expect(response.status, path).toBe(200)
      expect(html, path).toContain(`<html lang="${lang}">`)
      expect(html, path).not.toMatch(/\{\w+\}/)
    }
  })
})

it('a suspension shows on the next page', async () => {
  await push(await signStatus(dbd, ID, 'suspended', ++dated))
  expect((await visit(recordPath(ID, 'th'))).html).toContain(CATALOGUES.th.verdicts.suspended.title)
})
