/** From what she typed to what is encrypted: the complaint, and apart from it who she is (DESIGN 4.9). */
import type { AttachmentKey, ComplaintPayload, IdentityPayload } from '../../dispute/payload.js'
import { readAmount } from './amount.js'
import type { Draft } from './draft.js'
import { isMisuse } from './to-question.js'

/** Empty fields are left out. */
function stated<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], '' | undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined),
  ) as { [K in keyof T]?: Exclude<T[K], '' | undefined> }
}

function moneyOf(typed: string, currency: string): { amount: string; currency: string } | undefined {
  const amount = readAmount(typed, currency)
  return amount === undefined ? undefined : { amount, currency }
}

export function formatPayload(draft: Draft, attachments: readonly AttachmentKey[]): ComplaintPayload {
  const { found, shopName, shopUrl, shopText } = draft
  const amount = moneyOf(draft.remedyAmount, draft.currency)
  return {
    v: 1,
    shop: {
      name: (shopName || found?.holder || shopUrl || shopText).slice(0, 300),
      ...stated({ url: shopUrl }),
    },
    transaction: stated({
      orderNo: draft.orderNo.trim(),
      date: draft.date,
      paid: moneyOf(draft.amount, draft.currency),
      paymentMethod: draft.paymentMethod,
      product: draft.product.trim(),
    }),
    ...contactOf(draft),
    remedy: { sought: [...draft.remedies], ...(amount && { amount }) },
    story: { lang: draft.storyLang, text: draft.story.trim(), made: 'original' },
    attachments: [...attachments],
    conveyIdentity: draft.conveyIdentity === true,
  }
}

function contactOf(draft: Draft): Pick<ComplaintPayload, 'contacted'> {
  const { contacted, contactDate, contactChannel, contactResult } = draft
  if (isMisuse(draft) || contacted === '' || contacted === 'no' || contactChannel === '') return {}
  const result = contacted === 'unreachable' ? 'unreachable' : contactResult
  return result === ''
    ? {}
    : { contacted: { ...stated({ date: contactDate }), channel: contactChannel, result } }
}

export function formatIdentity({ name, email, phone, address }: Draft): IdentityPayload {
  return {
    v: 1,
    name: name.trim(),
    ...stated({ email: email.trim(), phone: phone.trim(), address: address.trim() }),
  }
}
