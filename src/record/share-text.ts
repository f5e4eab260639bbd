/** Finds the link in what a share sheet or chat puts around it, for the look-up field (`GET /v1/verify?url=`). */

import { parse } from 'tldts'

/** Longest shared text looked at, in UTF-16 units; the rest is cut off. A chat message with a long link fits twice. */
export const MAX_SHARED_TEXT = 4096

/** A link and the text around it. */
export interface FoundLink {
  /** As written, without what surrounds it; not yet known to be a presence. */
  link: string
  /** The other text, one space for every run of white space. */
  rest: string
}

// Zero-width spaces, soft hyphens and direction marks. Joiners stay: in Indic and Persian hosts they are letters.
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** What ends a link: white space, quotes and brackets that no URL holds unescaped, CJK and full-width punctuation. */
const STOP = String.raw`\s<>"\u0060{}|\\^“”‘’«»、。〈-】〔-〟・！（），；？［］｛｝～｡｢｣､`

// Two addresses with nothing but a comma between them are two: the second is no path of the first.
const HTTP_LINK = new RegExp(`(https?)[:：][/／]{2}((?:(?![,;]https?[:：])[^${STOP}])+)`, 'gi')

// A host of two or more labels, not part of an e-mail address or of a longer word, with an optional port and path.
const BARE_LINK = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}_@.-])(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,62}\.)+\p{L}[\p{L}\p{M}\p{N}-]{1,62}` +
    String.raw`(?![@\p{L}\p{M}\p{N}])(?::\d{1,5})?(?:[/?#][^${STOP}]*)?`,
  'gu',
)

/** Scripts written without spaces: a sentence goes on right behind the link. */
const UNSPACED = String.raw`\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}`

// Only directly behind an ASCII letter or digit: `/shop/123です` goes on in Japanese, `/สินค้า` and `shop.ไทย` do not.
const SENTENCE_BEHIND = new RegExp(`(?<=[A-Za-z0-9=])[${UNSPACED}]+$`, 'u')
const SENTENCE_BEFORE = new RegExp(`^[${UNSPACED}]+(?=[A-Za-z0-9])`, 'u')

/** Top-level domains kept for examples and tests (RFC 2606): no list has them, and our demos use them. */
const DEMO_DOMAINS = ['example', 'test']

/** Legal forms that read like hosts, and stand in the names of very many shops: `Somjai Co.Ltd`. */
const LEGAL_FORM = /^(?:co|pte|pty)\.ltd$/i

/**
 * The first http(s) link in the text, else the first token that looks like a host under a known top-level domain.
 * Punctuation, brackets and, in scripts without spaces, words directly behind the link are left out of it.
 *
 * @example findLink('ดูร้านนี้เลย https://shopee.co.th/shop/123?smtt=0.0 จาก Shopee')
 *   // { link: 'https://shopee.co.th/shop/123?smtt=0.0', rest: 'ดูร้านนี้เลย จาก Shopee' }
 * @returns undefined if there is no link; never throws
 */
export function findLink(text: string): FoundLink | undefined {
  const clean = text.slice(0, MAX_SHARED_TEXT).replace(INVISIBLE, '')
  const [first] = [...httpLinks(clean).slice(0, 1), ...bareLinks(clean)]
  return first && { link: first.link, rest: joinRest(clean.slice(0, first.from), clean.slice(first.to)) }
}

/**
 * All links in the text, in reading order: those with http(s), and the hosts that stand between them.
 *
 * @example findLinks('shop.example, not https://evil.example/shop.example') // ['shop.example', 'https://evil.example/shop.example']
 */
export function findLinks(text: string): string[] {
  const clean = text.slice(0, MAX_SHARED_TEXT).replace(INVISIBLE, '')
  const written = httpLinks(clean)
  const between = written.reduce(
    (left, { from, to }) => left.slice(0, from) + ' '.repeat(to - from) + left.slice(to),
    clean,
  )
  return [...written, ...bareLinks(between)].sort((a, b) => a.from - b.from).map(({ link }) => link)
}

/** A link and where it stands in the text. */
interface PlacedLink {
  link: string
  from: number
  to: number
}

function httpLinks(text: string): PlacedLink[] {
  return [...text.matchAll(HTTP_LINK)].flatMap((match) => {
    const [whole, scheme = '', behind = ''] = match
    const tail = trimEnd(behind)
    const to = match.index + whole.length - behind.length + tail.length
    return tail === '' ? [] : [{ link: `${scheme}://${tail}`, from: match.index, to }]
  })
}

function bareLinks(text: string): PlacedLink[] {
  return [...text.matchAll(BARE_LINK)].flatMap((match) => {
    const behind = match[0].replace(SENTENCE_BEFORE, '')
    const link = trimEnd(behind)
    const from = match.index + match[0].length - behind.length
    return isKnownHost(link) ? [{ link, from, to: from + link.length }] : []
  })
}

/** Keeps `e.g.` and abbreviations such as ร.ร. from being taken for hosts. */
function isKnownHost(link: string): boolean {
  if (LEGAL_FORM.test(link)) return false
  let host: string
  try {
    host = new URL(`https://${link}`).hostname
  } catch {
    return false
  }
  const { isIcann, isPrivate } = parse(host, { allowPrivateDomains: true })
  return isIcann === true || isPrivate === true || DEMO_DOMAINS.includes(host.split('.').at(-1) ?? '')
}

/** Without the sentence and the punctuation behind a link. */
function trimEnd(link: string): string {
  const end = trimPunctuation(link.replace(SENTENCE_BEHIND, ''))
  return end === link ? end : trimEnd(end)
}

/** A closing bracket stays if it was opened inside the link. Linear: a text of brackets alone must cost no more. */
function trimPunctuation(link: string): string {
  const surplus = new Map([
    [')', link.split(')').length - link.split('(').length],
    [']', link.split(']').length - link.split('[').length],
  ])
  let length = link.length
  for (; length > 0; length--) {
    const last = link.charAt(length - 1)
    const unopened = surplus.get(last) ?? 0
    if (unopened > 0) surplus.set(last, unopened - 1)
    else if (!/[.,;:!?'*~…\u200c\u200d]/.test(last)) break
  }
  return link.slice(0, length)
}

function joinRest(before: string, after: string): string {
  return `${before} ${after}`.replace(/\s+/g, ' ').trim()
}
