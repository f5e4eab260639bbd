/** The look-up of step 1: puts what the hub knows of the shop among her answers, or says what is wrong with the address. */
import { type Draft, likelyCurrency } from './draft.js'
import { findRecord, findShop } from './find-shop.js'
import type { Intake } from './intake.js'

/**
 * Whether the shop is clear enough to go on: known, looked up in vain, or not to be looked up at all. Otherwise it is
 * looked up now, and the step stays, so that she sees the answer.
 * @throws HubError
 */
export async function isShopClear(intake: Intake): Promise<boolean> {
  const { shopUnknown, shopText, lookedUp } = intake.draft
  if (shopUnknown || shopText === lookedUp) return true
  await lookUpShop(intake)
  return false
}

/** @throws HubError */
export async function lookUpShop(intake: Intake): Promise<void> {
  const { api, lang, texts } = intake
  const { shopText } = intake.draft
  const answer = await findShop(api, shopText, lang)
  // She typed on while the hub was asked: this answer is about something else.
  if (intake.draft.shopText !== shopText) return
  switch (answer.state) {
    case 'found':
      return intake.set({
        found: answer.shop,
        shopUrl: answer.url,
        lookedUp: shopText,
        ...moneyOf(intake.draft, answer.shop.country),
      })
    case 'not-found':
      return intake.set({
        found: undefined,
        shopUrl: answer.url,
        lookedUp: shopText,
        marketplace: intake.draft.marketplace || answer.platform,
      })
    default: {
      const { badAddress, shortLink, noShop } = texts.shop
      const faults = { 'bad-address': badAddress, 'short-link': shortLink, 'no-shop': noShop }
      intake.set({ found: undefined, shopUrl: '', lookedUp: '' })
      intake.refuse([{ field: 'shopText', text: faults[answer.state] }])
    }
  }
}

/** The shop of a record that the page was opened for; none such, and she types the address. @throws HubError */
export async function lookUpRecord(intake: Intake, record: string): Promise<void> {
  const answer = await findRecord(intake.api, record, intake.lang)
  if (answer?.state !== 'found') return
  const place = answer.shop.place || answer.url
  intake.set({
    found: answer.shop,
    shopUrl: answer.url,
    shopText: place,
    lookedUp: place,
    ...moneyOf(intake.draft, answer.shop.country),
  })
}

/** She most likely paid in the shop's currency. */
function moneyOf({ currency }: Draft, country: string): Partial<Draft> {
  return currency === '' ? { currency: likelyCurrency(country) } : {}
}
