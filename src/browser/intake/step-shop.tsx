/** Step 1: where she lives, and which shop it is. Found in the register or not, known or not, she can go on. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { MAX_FIELD } from '../../dispute/payload.js'
import { SelectField, TextField, TickField } from '../kit/form.js'
import { markOptions } from './agency.js'
import { likelyCurrency } from './draft.js'
import { StepFrame, type ViewProps } from './step-frame.js'

export function StepShop({ intake }: ViewProps): JSX.Element {
  const { draft, texts, settings, faults } = intake
  const { shop, form } = texts
  const optional = form.optional
  const { words } = settings
  const lookedUp = !draft.shopUnknown && draft.lookedUp !== '' && draft.lookedUp === draft.shopText
  const asksPlace = draft.shopUnknown || (lookedUp && !draft.found)
  return (
    <StepFrame
      intake={intake}
      step="shop"
      title={shop.title}
      next={draft.shopUnknown || lookedUp ? form.next : shop.lookUp}
    >
      <SelectField
        key="consumerCountry"
        id="consumerCountry"
        label={shop.country}
        none={form.choose}
        options={words.countries}
        value={draft.consumerCountry}
        faults={faults}
        onInput={(consumerCountry) =>
          intake.set({
            consumerCountry,
            currency: draft.currency || (draft.found ? '' : likelyCurrency(consumerCountry)),
          })
        }
      />
      {!draft.shopUnknown && (
        <TextField
          key="shopText"
          id="shopText"
          label={shop.address}
          hint={shop.addressHint}
          inputMode="url"
          plain
          maxLength={2000}
          value={draft.shopText}
          faults={faults}
          onInput={(shopText) => {
            // The same text pasted over itself: what is known of the shop still holds.
            if (shopText === draft.shopText) return
            // With `lookedUp` kept, typing a letter and taking it back would go on without the record.
            const stale = { found: undefined, shopUrl: '', lookedUp: '' }
            intake.set(lookedUp ? { shopText, ...stale } : { shopText }, { draw: lookedUp })
          }}
        />
      )}
      <TickField
        key="shopUnknown"
        id="shopUnknown"
        label={shop.unknown}
        checked={draft.shopUnknown}
        onInput={(shopUnknown) =>
          intake.set(
            shopUnknown ? { shopUnknown, found: undefined, shopUrl: '', lookedUp: '' } : { shopUnknown },
          )
        }
      />
      <div role="status" key="found" class={lookedUp ? 'found' : undefined}>
        {lookedUp && <Found intake={intake} />}
      </div>
      {asksPlace && (
        <TextField
          key="shopName"
          id="shopName"
          label={shop.name}
          hint={shop.nameHint}
          optional={draft.shopUnknown ? undefined : optional}
          maxLength={MAX_FIELD}
          value={draft.shopName}
          faults={faults}
          onInput={(shopName) => intake.set({ shopName }, { draw: false })}
        />
      )}
      {asksPlace && (
        <SelectField
          key="merchantCountry"
          id="merchantCountry"
          label={shop.merchantCountry}
          hint={shop.merchantCountryHint}
          none={shop.unknownCountry}
          options={words.countries}
          value={draft.merchantCountry}
          onInput={(merchantCountry) => intake.set({ merchantCountry })}
        />
      )}
      {asksPlace && (
        <SelectField
          key="markShown"
          id="markShown"
          label={shop.markShown}
          none={shop.noMark}
          options={markOptions(intake.members, intake.lang)}
          value={draft.markShown}
          onInput={(markShown) => intake.set({ markShown })}
        />
      )}
      {asksPlace && (
        <SelectField
          key="marketplace"
          id="marketplace"
          label={shop.marketplace}
          none={shop.noMarketplace}
          options={[...words.platforms, { value: 'other', label: shop.otherMarketplace }]}
          value={draft.marketplace}
          onInput={(marketplace) => intake.set({ marketplace })}
        />
      )}
      {asksPlace && draft.marketplace === 'other' && (
        <TextField
          key="marketplaceUrl"
          id="marketplaceUrl"
          label={shop.marketplaceUrl}
          inputMode="url"
          plain
          maxLength={200}
          value={draft.marketplaceUrl}
          faults={faults}
          onInput={(marketplaceUrl) => intake.set({ marketplaceUrl }, { draw: false })}
        />
      )}
    </StepFrame>
  )
}

/** What the look-up found: the same words as on the page of a verdict. */
function Found({ intake }: ViewProps): JSX.Element {
  const { texts, draft, settings } = intake
  const { shop } = texts
  if (!draft.found) return <p>{shop.notFound}</p>
  const { holder, mark, place, verdict } = draft.found
  return (
    <>
      <p>
        <strong>{shop.found}</strong>
      </p>
      <dl class="facts">
        <div>
          <dt>{shop.foundPlace}</dt>
          <dd class="address">
            <bdi>{place}</bdi>
          </dd>
        </div>
        <div>
          <dt>{shop.foundHolder}</dt>
          <dd>
            <bdi>{holder}</bdi>
          </dd>
        </div>
        <div>
          <dt>{shop.foundMark}</dt>
          <dd>
            <bdi>{mark}</bdi>
          </dd>
        </div>
        <div>
          <dt>{shop.foundStatus}</dt>
          <dd>{settings.words.verdicts[verdict]}</dd>
        </div>
      </dl>
    </>
  )
}
