/** Asking on the look-up page: names in any script, codes and pasted pages of the hub, and what a page without a mark tells. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import { CATALOGUES, localPath } from '../src/pages/frame/reader.js'
import { readName, readPage, readQuestion } from '../src/pages/look-up/question.js'
import { MISTYPED_ADVICE, NOT_COVERED_TEXT } from '../src/record/warning-texts.js'
import { createTestHub, ORIGIN, recordClaims, signRecord, type TestHub } from './hub-fixture.js'

let t: TestHub
const SHOPS = [
  ['SILK', 'https://somjai-silk.example', { th: 'บริษัท สมใจผ้าไหม จำกัด', en: 'Somjai Silk Co., Ltd.' }],
  ['TEA', 'https://mihon-chaho.example', { ja: '株式会社見本茶舗', en: 'Mihon Tea House' }],
  ['HATS', 'https://ร้านหมวก.example', { th: 'ร้านหมวก', vi: 'Cửa hàng Nón Lá' }],
] as const

beforeAll(async () => {
  t = await createTestHub()
  const dbd = await t.admit('th-dbd')
  for (const [certificate, url, name] of SHOPS)
    await t.push(await signRecord(dbd, recordClaims(dbd, t.now(), { certificate, url, holder: { name } })))
  const gold = { certificate: 'SILK-GOLD', mark: 'verified', level: 'gold' }
  await t.push(await signRecord(dbd, recordClaims(dbd, t.now(), gold)))
})

async function read(
  q: string,
  lang: Language = 'en',
): Promise<{ status: number; html: string; text: string }> {
  const response = await t.app.request(`${localPath(lang, '/verify')}?q=${encodeURIComponent(q)}`)
  const html = await response.text()
  return { status: response.status, html, text: html.replace(/<[^>]+>/g, '') }
}

describe('a pasted page or code of this hub', () => {
  it.each([
    `${ORIGIN}/r/th-dbd:SILK`,
    `${ORIGIN}/en/r/th-dbd%3ASILK`,
    `${ORIGIN}/th/r/th-dbd:SILK?from=poster`,
    `${ORIGIN}/seal/th-dbd:SILK.svg?lang=ja`,
    `<a href="${ORIGIN}/r/th-dbd:SILK"><img src="${ORIGIN}/seal/th-dbd:SILK.svg"></a>`,
    `${ORIGIN}/v1/records/th-dbd%3ASILK`,
  ])('%s asks about the record', (text) => {
    expect(readQuestion(text, ORIGIN)).toEqual({ record: 'th-dbd:SILK' })
  })

  it('typed from a poster without its scheme is one too', () => {
    expect(readQuestion('hub.example/ja/r/th-dbd:SILK', 'https://hub.example')).toEqual({
      record: 'th-dbd:SILK',
    })
  })

  it.each([
    `${ORIGIN}.evil.example/r/th-dbd:SILK`,
    `https://evil.example/${ORIGIN}/r/th-dbd:SILK`,
    `${ORIGIN}/members/r/th-dbd:SILK`,
  ])('%s, which only looks like one, does not', (text) => {
    expect(Object.keys(readQuestion(text, ORIGIN))).toEqual(['url'])
  })
})

describe('a text with several addresses', () => {
  it.each(LANGUAGES)('gives a choice of them and no verdict of one, in %s', async (lang) => {
    const text = `buy at somjai-silk.example or evil-shop.com today, ${ORIGIN}/r/th-dbd:SILK`
    const { status, html } = await read(text, lang)
    expect([status, html.includes('panel tone-')]).toEqual([200, false])
    expect(html).toContain(CATALOGUES[lang].several.warning)
    const links = [...html.matchAll(/class="channel" href="([^"]+verify[^"]+)"/g)].map(([, href]) => href)
    expect(links.map((href) => new URL(href!, ORIGIN).searchParams.get('q'))).toEqual([
      'somjai-silk.example',
      'evil-shop.com',
      `${ORIGIN}/r/th-dbd:SILK`,
    ])
  })

  it('is refused by the API, which names them', async () => {
    const asked = encodeURIComponent('https://somjai-silk.example, https://u:secret@evil-shop.com/x')
    const response = await t.app.request(`/v1/verify?url=${asked}`)
    const { code, detail, at } = (await response.json()) as Record<string, string>
    expect([response.status, code, at]).toEqual([400, 'bad-query', 'url'])
    expect(detail).toContain('2 addresses: somjai-silk.example, evil-shop.com')
    expect(detail).not.toContain('secret')
  })
})

describe('a record or a number that is typed another way', () => {
  it.each(['TH-DBD:silk', 'th-dbd:Silk', 'silk-gold9', 'TH-JURISTIC:0105548060561'])('%s', async (q) => {
    const { status, html } = await read(q)
    expect([status, html.includes('th-dbd%3ASILK')]).toEqual([200, q !== 'silk-gold9'])
  })

  it.each(LANGUAGES)('with a wrong digit is said to be mistyped, in %s', async (lang) => {
    const { next, verify } = CATALOGUES[lang]
    for (const [number, isMistyped] of [
      ['0999000001016', true],
      ['105548060561', true],
      ['0105536000011', false],
      ['V-2569-0999', false],
    ] as const) {
      const { status, text } = await read(number, lang)
      expect([number, status, text.includes(MISTYPED_ADVICE[lang]!)]).toEqual([number, 200, isMistyped])
      for (const said of [verify.noNumber, next.digits, next.byAddress]) expect(text).toContain(said)
      expect(text).not.toContain(next.address)
    }
  })
})

describe('an address beside a certified one', () => {
  it.each(LANGUAGES)(
    'is told once which address the mark belongs to, with the ways there, in %s',
    async (lang) => {
      const { verify, warnings, verdicts } = CATALOGUES[lang]
      for (const asked of ['www.somjai-silk.example', 'shop.somjai-silk.example']) {
        const { html, text } = await read(asked, lang)
        expect(text.split(warnings['presence-not-covered'].title)).toHaveLength(2)
        expect(text).toContain(NOT_COVERED_TEXT[lang]!.replace('{address}', 'somjai-silk.example'))
        expect(text).toContain(verify.notCovered)
        expect(text).not.toContain(verdicts['not-found'].says)
        expect(html).toContain('href="https://somjai-silk.example/"')
        expect(html).toContain(`href="/${lang}/r/th-dbd%3ASILK-GOLD"`)
      }
    },
  )
})

describe('what is taken for a name', () => {
  it.each([
    ['สมใจผ้าไหม', 'สมใจผ้าไหม'],
    ['Cửa hàng  Nón Lá', 'Cửa hàng Nón Lá'],
    ['三越', '三越'],
    ['hello', 'hello'],
    ['@somjai', 'somjai'],
    ['Somjai Silk Co., Ltd.', 'Somjai Silk Co., Ltd.'],
    ['Ｓｏｍｊａｉ', 'Somjai'],
    ['som\u200bjai', 'somjai'],
    ['Shop 24', 'Shop 24'],
    ['วิสาหกิจชุมชนกลุ่มแม่บ้านเกษตรกรบ้านหนองผือ', 'วิสาหกิจชุมชนกลุ่มแม่บ้านเกษตรกรบ้านหนองผือ'],
  ])('%s', (text, name) => {
    expect(readName(text)).toBe(name)
  })

  it.each([
    'somjai-silk.example',
    'ดูร้านนี้ somjai-silk.example',
    'line:@somjai',
    'shopee:th:shop:123',
    'a@b.example',
    'mailto:a@b.example',
    '<script>',
    'a/b',
    '!!!',
    '',
    `${'x'.repeat(101)}`,
    '192.168.0.1',
  ])('not %s', (text) => {
    expect(readName(text)).toBeUndefined()
  })

  it('never is a text that holds a person’s number, which is not searched for', async () => {
    const { status, text } = await read('somjai 1-1017-00207-25-1')
    expect([status, text]).toEqual([400, expect.stringContaining(CATALOGUES.en.refusal.personal)])
    expect(text).not.toContain('00207')
  })

  it('or a question, or a refusal: any text is one of them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (q) => {
        try {
          const asked = readPage(new URLSearchParams({ q }), ORIGIN)
          const ways = [asked.name, asked.query, asked.choices].map((way) => way !== undefined)
          expect(ways.filter(Boolean)).toHaveLength(asked.text === '' ? 0 : 1)
        } catch (error) {
          expect((error as { code: string }).code).toBe('personal-number')
        }
      }),
    )
  })
})

describe('a name', () => {
  it.each([
    ['สมใจ', 'SILK'],
    ['somjai', 'SILK'],
    ['見本', 'TEA'],
    ['nón lá', 'HATS'],
    ['non la', 'HATS'],
  ])('%s finds the shop, to be told by its address', async (name, certificate) => {
    const [, url] = SHOPS.find(([id]) => id === certificate)!
    const { status, html, text } = await read(name)
    expect(status).toBe(200)
    expect(text).toContain(CATALOGUES.en.names.says)
    expect(text).toContain(url.slice('https://'.length))
    expect(html).toMatch(new RegExp(`href="/en/r/th-dbd%3A${certificate}`))
    expect(html).not.toContain('panel tone-')
  })

  it('stands once for a shop with several marks, each with its own sign', async () => {
    const { html } = await read('สมใจผ้าไหม')
    expect(html.match(/<li class="shop">/g)).toHaveLength(1)
    expect(html).toContain('<li class="tone-quality">')
    expect(html).toContain('<li class="tone-identity">')
  })

  it.each(LANGUAGES)('that nobody has is told in %s, with what was searched and what to do', async (lang) => {
    const { names, searched, next, code } = CATALOGUES[lang]
    const { status, text } = await read('ไม่มีร้านนี้', lang)
    expect(status).toBe(200)
    for (const said of [names.none, names.noneNow, searched.title, next.title, code.title, 'DBD Verified'])
      expect(text).toContain(said)
    expect(text).toContain(new URL(ORIGIN).host)
  })

  it('of strangers stays text', async () => {
    for (const hostile of ['a" onmouseover="alert(1)', '\u202eevil shop', `z${'\u0301'.repeat(90)}algo`]) {
      const { status, html } = await read(hostile)
      expect([hostile, status]).toEqual([hostile, 200])
      expect(html).not.toContain('onmouseover="')
      expect(html.replace(/<input[^>]*>/g, '')).not.toMatch(/\u202e|\u0301{9}/)
    }
  })
})

describe('the page of a shop without a mark', () => {
  it.each(LANGUAGES)('names the genuine address of the shop that it imitates, in %s', async (lang) => {
    const { similar, misuse, warnings } = CATALOGUES[lang]
    const imitation = await read('https://sоmjai-silk.example', lang)
    for (const said of [similar.title, similar.letters, misuse.title, warnings.lookalike.title])
      expect(imitation.text).toContain(said)
    expect(imitation.text).toContain('xn--smjai-silk-evi.example')
    expect(imitation.html).toContain(`href="/${lang}/r/th-dbd%3ASILK-GOLD"`)
    expect(imitation.html).toContain('<li class="tone-quality">')
  })

  it('shows beside other letters the form that passes for nothing', async () => {
    expect((await read('https://ѕоmјаі.example')).text).toMatch(/xn--/)
    expect((await read('https://ร้านรองเท้า.example')).text).toContain('xn--')
    expect((await read('https://ร้านหมวก.example')).html).not.toContain(
      CATALOGUES.en.verify.asciiForm.split('{')[0],
    )
  })

  it('leads to a report about exactly this shop, and says what that needs', async () => {
    const { html, text } = await read('https://no-mark.example/shop?x=1')
    expect(html).toContain('href="/complaint?url=no-mark.example"')
    expect(text).toContain(CATALOGUES.en.misuse.needs)
    expect((await read('V-2569-999999')).text).not.toContain(CATALOGUES.en.misuse.title)
  })

  it('says whether agencies of the country publish here at all', async () => {
    expect((await read('no-mark.co.th')).text).toContain('Agencies in Thailand publish here.')
    expect((await read('no-mark.vn')).text).toContain('No agency in Vietnam publishes here.')
  })
})

describe('the page of a certified shop', () => {
  it.each(LANGUAGES)('leads to the page of its record, in %s', async (lang) => {
    const { html } = await read('somjai-silk.example', lang)
    expect(html).toContain(`href="/${lang}/r/th-dbd%3ASILK-GOLD"`)
    expect(html).toContain(`href="/${lang}/r/th-dbd%3ASILK"`)
  })
})
