/** Asks the hub for the shop's record, and keeps of the answer what the form shows and routes by. */
import { pickText } from '../../alliance/text.js'
import { POSITIVE_VERDICTS, type Verdict, type VerdictRecord } from '../../record/verdict.js'
import type { HubApi } from '../kit/hub-api.js'
import { HubError } from '../kit/hub-error.js'
import type { FoundShop } from './draft.js'
import { findShopLink, isPlatformLink } from './shop-link.js'

/** What became of a look-up. `url` is the shop's address without anything of hers. */
export type ShopAnswer =
  | { state: 'found'; url: string; shop: FoundShop }
  | { state: 'not-found'; url: string; platform: string }
  | { state: 'bad-address' | 'short-link' | 'no-shop' }

/** @throws HubError when the hub can't be asked */
export async function findShop(api: HubApi, pasted: string, lang: string): Promise<ShopAnswer> {
  const url = findShopLink(pasted)
  if (url === undefined) return { state: 'bad-address' }
  try {
    return readAnswer(await api.verify({ url }), lang, url)
  } catch (error) {
    if (!(error instanceof HubError) || error.status !== 400) throw error
    return { state: isPlatformLink(url) ? 'no-shop' : 'bad-address' }
  }
}

/** The shop of a record that a page named. @returns undefined when there is none such */
export async function findRecord(api: HubApi, record: string, lang: string): Promise<ShopAnswer | undefined> {
  const answer = readAnswer(await api.verify({ record }), lang, '')
  return answer.state === 'found' ? answer : undefined
}

function readAnswer(verdict: Verdict, lang: string, asked: string): ShopAnswer {
  if (verdict.verdict === 'unresolvable-link') return { state: 'short-link' }
  const record = verdict.records.find((one) => POSITIVE_VERDICTS.includes(one.verdict)) ?? verdict.records[0]
  const url = record?.matched?.url ?? (asked || record?.presences[0]?.url) ?? ''
  if (record) return { state: 'found', url, shop: readRecord(record, lang) }
  const kind = verdict.query.keys[0]?.split(':')[0] ?? ''
  return { state: 'not-found', url, platform: kind === 'web' ? '' : kind }
}

function readRecord(record: VerdictRecord, lang: string): FoundShop {
  const place = record.matched ?? record.presences[0]
  const mark = pickText(record.mark.name, lang).text
  const level = pickText(record.mark.levelName, lang).text
  return {
    record: record.id,
    verdict: record.verdict,
    holder: pickText(record.holder.name, lang).text,
    mark: mark.includes(level) ? mark : `${mark} ${level}`,
    place: place?.url ?? '',
    country: record.holder.country,
    languages: record.holder.languages,
    contacts: record.holder.contact.map(({ kind, value }) => ({ kind, value })),
  }
}
