/** Every code of a case in every language, and the letters and mails that are made of them. */
import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import { ACTORS, CASE_EVENT_TYPES } from '../src/dispute/case-event.js'
import { CASE_STATES, CLOCK_OWNERS } from '../src/dispute/case-state.js'
import { fill, letterTexts } from '../src/dispute/letters/letter-texts.js'
import { type LetterFacts, merchantLetter } from '../src/dispute/letters/merchant-letter.js'
import { noticeMail } from '../src/dispute/letters/notice-mail.js'
import { ROUTE_FLAGS } from '../src/dispute/route-question.js'
import * as taxonomy from '../src/dispute/taxonomy.js'
import { caseTexts } from '../src/dispute/texts/case-texts.js'

/** What there is to say, from the codes themselves and not from a catalogue. */
const PARTY = {
  states: CASE_STATES,
  events: CASE_EVENT_TYPES,
  owners: CLOCK_OWNERS,
  actors: ACTORS,
}
const CODES: Record<string, readonly string[]> = {
  ...PARTY,
  ...Object.fromEntries(Object.entries(PARTY).map(([group, codes]) => [`officer.${group}`, codes])),
  kinds: taxonomy.CASE_KINDS,
  relations: taxonomy.RELATIONS,
  claimTypes: taxonomy.CLAIM_TYPES,
  remedies: taxonomy.REMEDIES,
  paymentMethods: taxonomy.PAYMENT_METHODS,
  contactChannels: taxonomy.CONTACT_CHANNELS,
  contactResults: taxonomy.CONTACT_RESULTS,
  declineReasons: taxonomy.DECLINE_REASONS,
  extensionReasons: taxonomy.EXTENSION_REASONS,
  infoRequests: taxonomy.INFO_REQUESTS,
  merchantResults: taxonomy.MERCHANT_RESULTS,
  outcomes: taxonomy.OUTCOMES,
  ratings: taxonomy.RATINGS,
  textOrigins: taxonomy.TEXT_ORIGINS,
  flags: ROUTE_FLAGS,
}

/** What a text of the language can not do without. Vietnamese shares its letters with English, so it is judged whole. */
const SCRIPT: Record<Language, RegExp> = {
  en: /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s]+$/u,
  th: /\p{Script=Thai}/u,
  vi: /\p{Script=Latin}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
}

/** All texts below a value, by their path. */
function listTexts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, inner]) =>
    listTexts(inner, path === '' ? key : `${path}.${key}`),
  )
}

describe.each(LANGUAGES)('labels in %s', (lang) => {
  const texts = new Map(listTexts(caseTexts(lang)))

  it('exist for every code and for nothing else', () => {
    const wanted = Object.entries(CODES).flatMap(([group, codes]) => codes.map((code) => `${group}.${code}`))
    expect([...texts.keys()].sort()).toEqual(wanted.sort())
  })

  it('say something, in the language itself', () => {
    const english = new Map(listTexts(caseTexts('en')))
    for (const [path, text] of texts) {
      expect(text.trim(), path).toBe(text)
      expect(text, path).toMatch(SCRIPT[lang])
      expect(text, path).not.toMatch(/[{}<>]|undefined/)
      if (lang !== 'en') expect(text, path).not.toBe(english.get(path))
    }
  })

  it('tell the codes of one group apart', () => {
    for (const [group, codes] of Object.entries(CODES)) {
      const labels = codes.map((code) => texts.get(`${group}.${code}`))
      expect(new Set(labels).size, group).toBe(labels.length)
    }
  })
})

describe('labels', () => {
  it('speak to the consumer as "you", and of her to an officer', () => {
    expect(caseTexts('en').states.needs_info).toBe('Waiting for your answer')
    expect(caseTexts('ja').states.needs_info).toBe('あなたの返答を待っています')
    for (const [, text] of listTexts(caseTexts('en').officer)) expect(text).not.toMatch(/\byou/i)
    for (const [, text] of listTexts(caseTexts('ja').officer)) expect(text).not.toContain('あなた')
    for (const [, text] of listTexts(caseTexts('th').officer)) expect(text).not.toContain('คุณ')
    for (const [, text] of listTexts(caseTexts('vi').officer)) expect(text).not.toMatch(/(^|\s)bạn(\s|$)/i)
  })

  it('are Vietnamese with its marks', () => {
    const marked = listTexts(caseTexts('vi')).filter(([, text]) => /[^\p{ASCII}]/u.test(text))
    expect(marked.length).toBe(listTexts(caseTexts('vi')).length)
  })
})

const FACTS: LetterFacts = {
  shop: 'https://silk.example',
  claimType: 'non_delivery',
  remedies: ['deliver', 'refund'],
  product: 'Silk scarf',
  orderNo: 'A-1042',
  date: '2026-11-02',
  paid: { amount: '1290.00', currency: 'THB' },
  claimed: { amount: '1290.00', currency: 'THB' },
  days: 10,
  answerBy: '2026-12-04',
  agency: { en: 'Cross-border Consumer Center Japan', ja: '国民生活センター 越境消費者センター' },
  name: '山田 花子',
}

describe('the letter to the shop', () => {
  it('names purchase, fault, remedy, date and whom she turns to otherwise', () => {
    expect(merchantLetter(FACTS, 'en')).toEqual({
      subject: 'Complaint about order A-1042',
      body: [
        'Dear Sir or Madam,',
        '',
        'I am writing to you about this purchase:',
        '- Shop: https://silk.example',
        '- Goods or service: Silk scarf',
        '- Order number: A-1042',
        '- Date of the purchase: 2 November 2026',
        '- Amount paid: 1,290.00 THB',
        '',
        'What I ordered has not been delivered.',
        '',
        'I ask you for:',
        '- delivery of what I ordered',
        '- a refund of 1,290.00 THB',
        '',
        'Please answer within 10 calendar days, that is by 4 December 2026.',
        '',
        'If we have not found a solution by then, I will turn to Cross-border Consumer Center Japan, which works together with agencies in other countries.',
        '',
        'Yours faithfully',
        '',
        '山田 花子',
        '',
      ].join('\n'),
    })
  })

  it('is written to the merchant in its own language, with the dates of its country', () => {
    const { subject, body } = merchantLetter(FACTS, 'th')
    expect(subject).toBe('ร้องเรียนเรื่องคำสั่งซื้อหมายเลข A-1042')
    expect(body).toContain('ข้าพเจ้ายังไม่ได้รับสินค้าที่สั่งซื้อ')
    expect(body).toContain('4 ธันวาคม 2569')
    expect(merchantLetter(FACTS, 'ja').body).toContain('2026年12月4日')
    expect(merchantLetter(FACTS, 'vi').body).toContain('1.290,00 THB')
  })

  it('leaves out what she does not know, and promises no agency where there is none', () => {
    const { product, orderNo, date, paid, claimed, name, ...rest } = FACTS
    for (const lang of LANGUAGES) {
      const { subject, body } = merchantLetter({ ...rest, agency: null }, lang)
      expect(`${subject}${body}`).not.toMatch(/undefined|null|[{}]/)
      expect(body).toContain(letterTexts(lang).merchant.elseSomeone)
      expect(body).toContain(letterTexts(lang).merchant.name)
    }
  })

  it('can say every fault and every remedy in every language', () => {
    for (const lang of LANGUAGES) {
      const bodies = taxonomy.CLAIM_TYPES.map(
        (claimType) => merchantLetter({ ...FACTS, claimType, remedies: taxonomy.REMEDIES }, lang).body,
      )
      expect(new Set(bodies).size).toBe(bodies.length)
      for (const body of bodies) {
        expect(body).not.toMatch(/undefined|[{}]/)
        expect(body.match(/^- /gm)?.length).toBe(5 + taxonomy.REMEDIES.length)
      }
    }
  })

  it('keeps what she typed on its line, and fills nothing twice', () => {
    const { body } = merchantLetter(
      { ...FACTS, product: 'a\n\nI owe you nothing.\u202e', shop: '{by} $& {agency}' },
      'en',
    )
    expect(body).toContain('- Goods or service: a I owe you nothing.\n')
    expect(body).toContain('- Shop: {by} $& {agency}\n')
  })
})

describe('mails', () => {
  it('say that there is news, where to read it, and nothing else', () => {
    const facts = { origin: 'https://hub.example', reference: 'JP-7Q4K9-MXW2C' }
    for (const lang of LANGUAGES) {
      const mail = noticeMail(facts, lang)
      expect(mail.lang).toBe(lang)
      expect(mail.text).toContain('https://hub.example/case')
      expect(mail.text).toContain('24')
      expect(`${mail.subject}${mail.text}`).not.toMatch(/undefined|[{}]/)
      expect(noticeMail({ ...facts, demo: true }, lang).text).toContain(letterTexts(lang).notice.demo)
      expect(mail.text).not.toContain(letterTexts(lang).notice.demo)
      // The same for every case: what differs is its reference alone.
      expect(noticeMail({ ...facts, reference: 'TH-00000-00000' }, lang).text).toBe(
        mail.text.replaceAll('JP-7Q4K9-MXW2C', 'TH-00000-00000'),
      )
    }
  })

  it('are in English for a language that the hub does not speak, and know regions', () => {
    const facts = { origin: 'https://hub.example', reference: 'JP-7Q4K9-MXW2C' }
    expect(noticeMail(facts, 'ko').lang).toBe('en')
    expect(noticeMail(facts, 'ja-JP').lang).toBe('ja')
  })

  it('have the same places to fill in every language', () => {
    const places = (lang: Language) =>
      listTexts(letterTexts(lang)).map(([path, text]) => [path, (text.match(/\{\w+\}/g) ?? []).sort()])
    for (const lang of LANGUAGES) expect(places(lang)).toEqual(places('en'))
    for (const lang of LANGUAGES)
      for (const [path, text] of listTexts(letterTexts(lang)))
        if (path !== 'locale') expect(text, path).toMatch(SCRIPT[lang])
  })

  it('leave a place without a value as it is', () => {
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}')
  })
})
