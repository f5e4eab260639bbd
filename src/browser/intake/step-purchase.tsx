/** Step 3: the purchase. Everything here is encrypted but the band of the amount. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { MAX_FIELD } from '../../dispute/payload.js'
import { AMOUNT_BANDS, PAYMENT_METHODS, type PaymentMethod } from '../../dispute/taxonomy.js'
import { SelectField, TextField } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { codeOptions } from './agency.js'
import { readAmount } from './amount.js'
import { StepFrame, type ViewProps } from './step-frame.js'
import { needsAmount } from './to-question.js'

export function StepPurchase({ intake }: ViewProps): JSX.Element {
  const { draft, texts, settings, faults } = intake
  const { purchase, form } = texts
  const optional = form.optional
  return (
    <StepFrame intake={intake} step="purchase" title={purchase.title}>
      <p key="lead">{purchase.lead}</p>
      <TextField
        key="date"
        id="date"
        label={purchase.date}
        optional={optional}
        type="date"
        max={intake.today}
        value={draft.date}
        faults={faults}
        onInput={(date) => intake.set({ date }, { draw: false })}
      />
      <TextField
        key="orderNo"
        id="orderNo"
        label={purchase.orderNo}
        optional={optional}
        plain
        maxLength={MAX_FIELD}
        value={draft.orderNo}
        onInput={(orderNo) => intake.set({ orderNo }, { draw: false })}
      />
      <TextField
        key="product"
        id="product"
        label={purchase.product}
        optional={optional}
        maxLength={MAX_FIELD}
        value={draft.product}
        onInput={(product) => intake.set({ product }, { draw: false })}
      />
      <TextField
        key="amount"
        id="amount"
        label={purchase.amount}
        hint={purchase.amountHint}
        optional={needsAmount(draft) ? undefined : optional}
        inputMode="decimal"
        maxLength={30}
        value={draft.amount}
        faults={faults}
        onInput={(amount) => intake.set({ amount }, { draw: false })}
        onDone={() => intake.onChange()}
      />
      <SelectField
        key="currency"
        id="currency"
        label={purchase.currency}
        none={form.choose}
        options={currencyOptions(settings.words.locale)}
        value={draft.currency}
        faults={faults}
        onInput={(currency) => intake.set({ currency })}
      />
      <p class="hint" key="read">
        <AmountRead intake={intake} typed={draft.amount} />
      </p>
      <SelectField
        key="paymentMethod"
        id="paymentMethod"
        label={purchase.payment}
        optional={optional}
        none={purchase.notSaid}
        options={codeOptions(PAYMENT_METHODS, settings.words.codes.paymentMethods)}
        value={draft.paymentMethod}
        onInput={(method) => intake.set({ paymentMethod: method as PaymentMethod | '' })}
      />
    </StepFrame>
  )
}

/** How a typed amount was understood, so that a dot taken for a comma is noticed. */
export function AmountRead({ intake, typed }: ViewProps & { typed: string }): JSX.Element | null {
  const { currency } = intake.draft
  const amount = currency === '' ? undefined : readAmount(typed, currency)
  if (amount === undefined) return null
  const shown = new Intl.NumberFormat(intake.settings.words.locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: amount.split('.')[1]?.length ?? 0,
  }).format(Number(amount))
  return <span>{fill(intake.texts.purchase.amountRead, { amount: shown })}</span>
}

let currencies: { locale: string; options: { value: string; label: string }[] } | undefined

function currencyOptions(locale: string): { value: string; label: string }[] {
  if (currencies?.locale === locale) return currencies.options
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  const options = Object.keys(AMOUNT_BANDS).map((code) => ({
    value: code,
    label: `${code} – ${names.of(code) ?? code}`,
  }))
  currencies = { locale, options }
  return options
}
