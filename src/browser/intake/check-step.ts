/** What is missing in a step, in the reader's words; the ids are those of the fields. */
import type { ComplaintTexts } from '../../pages/languages/en/complaint.js'
import type { Fault } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { readAmount } from './amount.js'
import type { Draft } from './draft.js'
import { isMisuse, needsAmount, originOf } from './to-question.js'

/** The steps in their order. */
export const STEPS = ['shop', 'problem', 'purchase', 'contact', 'claim', 'you', 'review'] as const
export type Step = (typeof STEPS)[number]

/** Fewest characters of a story: two short sentences in Japanese. */
export const MIN_STORY = 20

/** The steps of a complaint: who reports a forged mark has not dealt with its bearer. */
export function stepsOf(draft: Draft): readonly Step[] {
  return isMisuse(draft) ? STEPS.filter((step) => step !== 'contact') : STEPS
}

/** @param today ISO date on the reader's clock */
export function faultsOf(step: Step, draft: Draft, texts: ComplaintTexts, today: string): Fault[] {
  const faults: Fault[] = []
  const need = (holds: boolean, field: string, text: string): void => {
    if (!holds) faults.push({ field, text })
  }
  const isPast = (day: string): boolean => day === '' || (/^\d{4}-\d{2}-\d{2}$/.test(day) && day <= today)
  const isAmount = (typed: string): boolean =>
    typed.trim() === '' || readAmount(typed, draft.currency) !== undefined
  const { shop, problem, purchase, contact, claim, you } = texts
  switch (step) {
    case 'shop':
      need(draft.consumerCountry !== '', 'consumerCountry', shop.needCountry)
      if (draft.shopUnknown) need(draft.shopName.trim() !== '', 'shopName', shop.needName)
      else need(draft.shopText.trim() !== '' || draft.found !== undefined, 'shopText', shop.needAddress)
      if (draft.marketplace === 'other')
        need(originOf(draft.marketplaceUrl) !== undefined, 'marketplaceUrl', shop.badMarketplace)
      break
    case 'problem':
      need(draft.claimType !== '', 'claimType', problem.needClaim)
      need(draft.relation !== '', 'relation', problem.needRelation)
      need(draft.minor !== undefined, 'minor', problem.needMinor)
      need(draft.otherProceedings !== undefined, 'otherProceedings', problem.needProceedings)
      break
    case 'purchase':
      need(isPast(draft.date), 'date', purchase.badDate)
      need(isAmount(draft.amount), 'amount', purchase.badAmount)
      need(!needsAmount(draft) || draft.amount.trim() !== '', 'amount', purchase.badAmount)
      need(draft.amount.trim() === '' || draft.currency !== '', 'currency', purchase.needCurrency)
      break
    case 'contact':
      need(draft.contacted !== '', 'contacted', contact.need)
      if (draft.contacted !== 'yes' && draft.contacted !== 'unreachable') break
      need(isPast(draft.contactDate), 'contactDate', purchase.badDate)
      need(draft.contactChannel !== '', 'contactChannel', contact.needChannel)
      need(
        draft.contacted === 'unreachable' || draft.contactResult !== '',
        'contactResult',
        contact.needResult,
      )
      break
    case 'claim':
      need(draft.remedies.length > 0, 'remedies', claim.needRemedy)
      need(isAmount(draft.remedyAmount), 'remedyAmount', purchase.badAmount)
      need(
        draft.story.trim().length >= MIN_STORY,
        'story',
        fill(claim.needStory, { count: String(MIN_STORY) }),
      )
      break
    case 'you':
      need(draft.name.trim() !== '', 'name', you.needName)
      need(draft.email.trim() !== '' || draft.phone.trim() !== '', 'email', you.needContact)
      need(draft.email.trim() === '' || isMail(draft.email), 'email', you.badEmail)
      need(!draft.wantsMail || draft.email.trim() !== '', 'email', you.badEmail)
      need(draft.conveyIdentity !== undefined, 'conveyIdentity', you.needConvey)
      break
    case 'review':
      break
  }
  // One fault for a field: the first says enough.
  return faults.filter(({ field }, i) => faults.findIndex((one) => one.field === field) === i)
}

function isMail(text: string): boolean {
  return /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(text.trim())
}
