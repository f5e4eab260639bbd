/** What the complaint form makes of what people type: amounts, shops, faults, the question in clear and the sealed rest. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../src/alliance/text.js'
import { bandOf, readAmount } from '../src/browser/intake/amount.js'
import { faultsOf, STEPS, stepsOf } from '../src/browser/intake/check-step.js'
import { type Draft, emptyDraft } from '../src/browser/intake/draft.js'
import { merchantLanguage } from '../src/browser/intake/letter-view.js'
import { findShopLink } from '../src/browser/intake/shop-link.js'
import { formatIdentity, formatPayload } from '../src/browser/intake/to-payload.js'
import { formatQuestion, originOf } from '../src/browser/intake/to-question.js'
import { HubError, readProblem } from '../src/browser/kit/hub-error.js'
import { isInAppBrowser } from '../src/browser/kit/keep-safe.js'
import { breakLines } from '../src/browser/kit/picture.js'
import { addDays } from '../src/dispute/days.js'
import { fileTypeOf } from '../src/dispute/file-type.js'
import { complaintPayload, identityPayload, money } from '../src/dispute/payload.js'
import { routeQuestion } from '../src/dispute/route-question.js'
import { AMOUNT_BANDS, CLAIM_TYPES, RELATIONS } from '../src/dispute/taxonomy.js'
import { complaintWords } from '../src/pages/complaint/complaint-words.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { parsePresence } from '../src/record/presence.js'

const TODAY = '2026-11-22'

const WHOLE: Draft = {
  ...emptyDraft('ja'),
  consumerCountry: 'JP',
  shopText: 'https://shop.example/orders/1?me=hanako',
  shopUrl: 'https://shop.example',
  lookedUp: 'https://shop.example/orders/1?me=hanako',
  merchantCountry: 'TH',
  claimType: 'non_delivery',
  relation: 'B2C',
  minor: false,
  otherProceedings: false,
  date: '2026-10-01',
  orderNo: 'A-77',
  product: 'スカーフ',
  amount: '12,900',
  currency: 'THB',
  paymentMethod: 'card',
  contacted: 'yes',
  contactChannel: 'email',
  contactResult: 'no_answer',
  remedies: ['refund'],
  story: '三週間たっても届きません。店は返事をしません。',
  name: '田中花子',
  email: 'hanako@mail.example',
  conveyIdentity: true,
}

describe('the countries', () => {
  it.each(LANGUAGES)('stand once each, by names that differ, and none is a code only (%s)', (lang) => {
    const labels = complaintWords(lang).countries.map(({ label }) => label)
    expect(labels.filter((label, i) => labels.indexOf(label) !== i)).toEqual([])
    expect(labels.filter((label) => /^[A-Z]{2}$/.test(label))).toEqual([])
    const codes = complaintWords(lang).countries.map(({ value }) => value)
    expect(codes.filter((code) => ['NH', 'HV', 'DY', 'BU', 'DD', 'TP', 'YU', 'ZR'].includes(code))).toEqual(
      [],
    )
  })
})

describe('an amount', () => {
  it.each([
    ['1290', 'THB', '1290'],
    ['1,290', 'THB', '1290'],
    ['1,290.50', 'THB', '1290.50'],
    ['1.290,50 €', 'EUR', '1290.50'],
    ['1.290.000 ₫', 'VND', '1290000'],
    ['1.290', 'VND', '1290'],
    ['12,90', 'JPY', '1290'],
    ['１２９０円', 'JPY', '1290'],
    ['๑,๒๙๐ บาท', 'THB', '1290'],
    ['1 290,5', 'EUR', '1290.5'],
    ['US$ 0.99', 'USD', '0.99'],
    ["1'290.00", 'EUR', '1290.00'],
    ['007', 'USD', '7'],
  ])('%s %s is %s', (typed, currency, amount) => {
    expect(readAmount(typed, currency)).toBe(amount)
    expect(money.safeParse({ amount, currency }).success).toBe(true)
  })

  it.each(['', 'free', '0', '0.00', '-5', '10 or 20', '1234567890123'])('%s is none', (typed) => {
    expect(readAmount(typed, 'THB')).toBeUndefined()
    expect(bandOf(typed, 'THB')).toBe(0)
  })

  it('is read as it was written, however it is grouped', () => {
    const currencies = Object.keys(AMOUNT_BANDS)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.constantFrom(...currencies),
        fc.constantFrom('en-GB', 'th-TH', 'vi-VN', 'ja-JP', 'de-DE', 'fr-FR'),
        (amount, currency, locale) => {
          const typed = new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
          expect(Number(readAmount(typed, currency))).toBe(amount)
        },
      ),
    )
  })
})

describe('the shop in a pasted text', () => {
  it.each([
    ['https://shop.example/orders/77?user=hanako#x', 'https://shop.example'],
    ['この店 https://shop.example/a、届かない', 'https://shop.example'],
    ['https://shop.exampleを見て', 'https://shop.example'],
    ['shop.example', 'https://shop.example'],
    ['Shop.Example:8443/x', 'https://shop.example:8443'],
    ['ดูร้านนี้ https://shopee.co.th/somjai.silk?smtt=0.0 จาก Shopee', 'https://shopee.co.th/somjai.silk'],
    [
      'https://www.facebook.com/profile.php?id=100064&mibextid=me',
      'https://www.facebook.com/profile.php?id=100064',
    ],
    ['https://www.tiktok.com/@shop?is_from_webapp=1&sender=hanako', 'https://www.tiktok.com/@shop'],
    ['http://ร้านค้า.ไทย/page', 'http://xn--42c5b3a1dc8kd.xn--o3cw4h'],
    ['shopee:th:shop:123', 'shopee:th:shop:123'],
    ['https://user:pass@shop.example/', 'https://shop.example'],
  ])('%s', (pasted, link) => {
    expect(findShopLink(pasted)).toBe(link)
  })

  it.each([
    '',
    'ร้านสมใจ',
    'call me',
    '090-1234-5678',
    'hanako@mail.example',
    'http://192.168.0.1/x',
    'javascript:alert(1)',
  ])('%s is none, or nothing but a host', (pasted) => {
    expect(findShopLink(pasted) ?? 'https://mail.example').toBe('https://mail.example')
  })

  it('is a presence that the hub reads, and never carries a query of hers', () => {
    for (const pasted of [
      'https://shop.example/?q=1',
      'https://shopee.vn/somjai.silk?utm=hanako',
      'https://line.me/R/ti/p/@abc?from=hanako',
      'https://www.lazada.co.th/shop/abc?spm=hanako',
    ]) {
      const link = findShopLink(pasted)!
      expect(link).not.toContain('hanako')
      expect(parsePresence(link).keys.length).toBeGreaterThan(0)
    }
  })
})

describe('the question in clear', () => {
  it('holds coded choices and the shop’s address, whatever she typed', () => {
    const words = fc
      .string({ minLength: 8, maxLength: 40, unit: 'grapheme' })
      .map((text) => `SENTINEL${text}`)
    fc.assert(
      fc.property(
        fc.record({
          shopText: words,
          shopName: words,
          orderNo: words,
          product: words,
          story: words,
          name: words,
          email: words,
          phone: words,
          address: words,
          marketplaceUrl: words,
          amount: fc.integer({ min: 1, max: 10 ** 9 }).map(String),
        }),
        fc.constantFrom(...CLAIM_TYPES),
        fc.constantFrom(...RELATIONS),
        (typed, claimType, relation) => {
          const question = formatQuestion({ ...WHOLE, ...typed, claimType, relation }, 'ja', 'whole')
          expect(routeQuestion.parse(question)).toEqual(question)
          expect(JSON.stringify(question)).not.toContain('SENTINEL')
          expect(Object.values(question)).not.toContain(typed.amount)
        },
      ),
    )
  })

  it('says a band instead of the amount, and a report of misuse says nothing of contact', () => {
    expect(formatQuestion(WHOLE, 'ja', 'whole')).toMatchObject({ amountBand: 2, currency: 'THB' })
    expect(formatQuestion(WHOLE, 'ja', 'early')).toMatchObject({ amountBand: 0, currency: 'USD' })
    const misuse: Draft = { ...WHOLE, claimType: 'mark_misuse', contacted: 'no' }
    expect(formatQuestion(misuse, 'ja', 'whole')).toMatchObject({
      kind: 'mark_misuse',
      contactedMerchant: true,
    })
    expect(stepsOf(misuse)).not.toContain('contact')
  })

  it('names a marketplace by its origin', () => {
    expect(originOf('market.example/user/hanako')).toBe('https://market.example')
    expect(originOf('my market')).toBeUndefined()
    expect(originOf('javascript:alert(1)')).toBeUndefined()
  })
})

describe('what is sealed', () => {
  it('fits the schemas, apart from each other, and leaves out what she left empty', () => {
    const payload = formatPayload(WHOLE, [])
    expect(complaintPayload.parse(payload)).toEqual(payload)
    expect(payload.transaction.paid).toEqual({ amount: '12900', currency: 'THB' })
    expect(JSON.stringify(payload)).not.toContain(WHOLE.name)
    const identity = formatIdentity(WHOLE)
    expect(identityPayload.parse(identity)).toEqual(identity)
    expect(identity).not.toHaveProperty('phone')
    const bare = formatPayload({ ...WHOLE, date: '', orderNo: ' ', contacted: 'no', amount: '' }, [])
    expect(complaintPayload.parse(bare)).toEqual(bare)
    expect(bare.contacted).toBeUndefined()
    expect(Object.keys(bare.transaction).sort()).toEqual(['paymentMethod', 'product'])
  })
})

describe('a step', () => {
  const en = TEXTS.en.complaint

  it('is complete with everything answered, and with nothing it says what is missing', () => {
    for (const step of STEPS) expect(faultsOf(step, WHOLE, en, TODAY), step).toEqual([])
    const fields = STEPS.flatMap((step) => faultsOf(step, emptyDraft('en'), en, TODAY)).map(
      ({ field }) => field,
    )
    expect(fields).toEqual([
      ...['consumerCountry', 'shopText', 'claimType', 'relation', 'minor', 'otherProceedings', 'amount'],
      ...['contacted', 'remedies', 'story', 'name', 'email', 'conveyIdentity'],
    ])
  })

  it.each([
    ['shop', { shopText: '', shopUnknown: true, shopName: ' ' }, 'shopName'],
    ['shop', { marketplace: 'other', marketplaceUrl: 'the market' }, 'marketplaceUrl'],
    ['purchase', { date: '2026-11-23' }, 'date'],
    ['purchase', { amount: 'much' }, 'amount'],
    ['purchase', { currency: '' }, 'currency'],
    ['contact', { contactChannel: '' }, 'contactChannel'],
    ['contact', { contactResult: '' }, 'contactResult'],
    ['claim', { remedyAmount: '-1' }, 'remedyAmount'],
    ['claim', { story: '短い' }, 'story'],
    ['you', { email: 'hanako' }, 'email'],
    ['you', { email: '', phone: '+81 90', wantsMail: true }, 'email'],
  ] as const)('%s with %j is sent back to %s', (step, over, field) => {
    expect(faultsOf(step, { ...WHOLE, ...over } as Draft, en, TODAY).map((fault) => fault.field)).toEqual([
      field,
    ])
  })

  it('asks for no amount where no money is at stake', () => {
    const privacy: Draft = { ...WHOLE, claimType: 'privacy', amount: '', currency: '' }
    expect(faultsOf('purchase', privacy, en, TODAY)).toEqual([])
  })
})

describe('the letter', () => {
  it('is in the language of the shop’s record, else of its country, else English', () => {
    const found = { languages: ['vi', 'en'], country: 'TH' } as unknown as NonNullable<Draft['found']>
    expect(merchantLanguage({ draft: { ...WHOLE, found } })).toBe('vi')
    expect(merchantLanguage({ draft: { ...WHOLE, found: { ...found, languages: ['zh'] } } })).toBe('th')
    expect(merchantLanguage({ draft: { ...WHOLE, merchantCountry: 'JP' } })).toBe('ja')
    expect(merchantLanguage({ draft: { ...WHOLE, merchantCountry: 'FR' } })).toBe('en')
  })

  it('counts days over months and leap years', () => {
    expect(addDays('2026-11-22', 10)).toBe('2026-12-02')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  })
})

describe('the kit', () => {
  it('knows files by their first bytes', () => {
    const of = (text: string) => fileTypeOf(Buffer.from(text, 'latin1'))
    expect(of('\xff\xd8\xff\xe0')).toBe('image/jpeg')
    expect(of('\x89PNG\r\n\x1a\n')).toBe('image/png')
    expect(of('RIFF\0\0\0\0WEBPVP8 ')).toBe('image/webp')
    expect(of('%PDF-1.7')).toBe('application/pdf')
    expect(of('\0\0\0\x18ftypheic')).toBe('image/heic')
    expect(of('\0\0\0\x18ftypmif1')).toBe('image/heic')
    expect(of('\0\0\0\x18ftypisom')).toBeUndefined()
    expect(of('GIF89a')).toBeUndefined()
    expect(of('<svg xmlns=')).toBeUndefined()
    expect(of('')).toBeUndefined()
  })

  it('takes no picture that a reader of PDF would open as another document', () => {
    const of = (text: string) => fileTypeOf(Buffer.from(text, 'latin1'))
    expect(of(`\xff\xd8\xff\xe0${' '.repeat(1000)}%PDF-1.7`)).toBeUndefined()
    expect(of('\x89PNG\r\n\x1a\n%PDF-1.7')).toBeUndefined()
    expect(of(`\xff\xd8\xff\xe0${' '.repeat(1024)}%PDF-1.7`)).toBe('image/jpeg')
  })

  it('breaks lines without losing a letter, in scripts with and without spaces', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...LANGUAGES.map((lang) => TEXTS[lang].complaint.done.keepSays),
          'https://hub.example/very/long/address/without/any/space/at/all',
        ),
        fc.integer({ min: 4, max: 60 }),
        (text, width) => {
          const lines = breakLines(text, (part) => part.length <= width)
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
          expect(lines.every((line) => line !== '' && !/^\p{M}/u.test(line))).toBe(true)
        },
      ),
    )
  })

  it('knows in-app browsers, which print nothing and save nothing', () => {
    expect(
      isInAppBrowser('Mozilla/5.0 (Linux; Android 10) Chrome/90 Mobile Safari/537.36 Line/11.9.0/IAB'),
    ).toBe(true)
    expect(isInAppBrowser('Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/495')).toBe(true)
    expect(isInAppBrowser('Mozilla/5.0 (Linux; Android 9; wv) Version/4.0 Chrome/87')).toBe(true)
    expect(isInAppBrowser('Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1')).toBe(
      false,
    )
  })

  it('reads problems, and answers of proxies that know nothing of them', () => {
    expect(readProblem(422, '{"code":"quote-expired","detail":"Ask again."}', null)).toMatchObject({
      code: 'quote-expired',
      detail: 'Ask again.',
      isPassing: false,
    })
    expect(readProblem(429, '<html>', '120')).toMatchObject({ code: 'too-many-requests', retryAfter: 120 })
    expect(readProblem(502, '<html>Bad Gateway', null)).toMatchObject({
      code: 'internal-error',
      isPassing: true,
    })
    expect(readProblem(404, '{"code":"invented"}', null).code).toBe('not-understood')
    expect(new HubError('offline').isPassing).toBe(true)
  })
})

describe('the words', () => {
  it.each(LANGUAGES)('%s name every country and each code once', (lang) => {
    const words = complaintWords(lang)
    expect(words.countries.slice(0, 3).map(({ value }) => value)).toEqual(['TH', 'VN', 'JP'])
    const codes = words.countries.map(({ value }) => value)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.length).toBeGreaterThan(240)
    expect(words.countries.filter(({ value, label }) => label === value)).toEqual([])
  })

  it('have the same placeholders in every language, and nothing empty', () => {
    const flat = (node: object, path = ''): [string, string][] =>
      Object.entries(node).flatMap(([key, value]) =>
        typeof value === 'string' ? [[path + key, value]] : flat(value as object, `${path}${key}.`),
      )
    const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()
    const english = new Map(flat(TEXTS.en.complaint))
    for (const lang of LANGUAGES) {
      const own = flat(TEXTS[lang].complaint)
      expect(own.map(([key]) => key).sort()).toEqual([...english.keys()].sort())
      for (const [key, text] of own) {
        expect(text.trim(), key).not.toBe('')
        expect(placeholders(text), `${lang} ${key}`).toEqual(placeholders(english.get(key) ?? ''))
      }
    }
  })
})
