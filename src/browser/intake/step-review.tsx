/** Step 7: where it goes and why, who reads what, for how long; then she agrees or not (DESIGN 4.9, 4.10). */
import { useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { CaseMeta } from '../../dispute/route-question.js'
import { AMOUNT_BANDS } from '../../dispute/taxonomy.js'
import { TickField } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { agencyName, countryName } from './agency.js'
import type { Intake } from './intake.js'
import { Referrals } from './referrals.js'
import type { CheckedRoute } from './route.js'
import { StepFrame, type ViewProps } from './step-frame.js'
import type { ChosenRoutes } from './submission.js'

export function StepReview({
  intake,
  onSend,
}: ViewProps & { onSend: (chosen: ChosenRoutes) => Promise<boolean> }): JSX.Element {
  const { texts, review, busy } = intake
  const t = texts.review
  const [agrees, setAgrees] = useState(false)
  const [chosen, choose] = useState<ChosenRoutes>({ main: true, linked: true })
  const [changed, setChanged] = useState(false)
  if (!review)
    return (
      <StepFrame
        intake={intake}
        step="review"
        title={t.title}
        next={texts.form.tryAgain}
        onSubmit={() => void intake.askRoute()}
      >
        <p role="status">{busy ? t.asking : ''}</p>
      </StepFrame>
    )
  const { main, linked } = review
  const send = async (): Promise<void> => {
    const isNone = linked !== undefined && !chosen.main && !chosen.linked
    if (intake.refuse(agrees && !isNone ? [] : [{ field: 'consent', text: t.needConsent }])) return
    if (await onSend(chosen)) return
    setAgrees(false)
    setChanged(true)
  }
  return (
    <StepFrame intake={intake} step="review" title={t.title} next={t.send} onSubmit={() => void send()}>
      <div role="alert" key="changed">
        {changed && <p class="fault">{texts.sending.rerouted}</p>}
      </div>
      {linked && (
        <TickField
          key="chooseMain"
          id="chooseMain"
          label={t.report}
          hint={t.reportHint}
          checked={chosen.main}
          onInput={(checked) => choose({ ...chosen, main: checked })}
        />
      )}
      {chosen.main && <Where key="main" intake={intake} route={main} />}
      {linked && (
        <TickField
          key="chooseLinked"
          id="chooseLinked"
          label={t.linked}
          hint={t.linkedHint}
          checked={chosen.linked}
          onInput={(checked) => choose({ ...chosen, linked: checked })}
        />
      )}
      {linked && chosen.linked && <Where key="linked" intake={intake} route={linked} />}
      <section key="hub">
        <h3>{t.hub}</h3>
        <p>{t.hubLead}</p>
        <Facts intake={intake} meta={main.claims.quote.meta} />
      </section>
      <section key="long">
        <h3>{t.howLong}</h3>
        <p>{t.howLongSays}</p>
      </section>
      {review.referrals.length > 0 && (
        <details key="also">
          <summary>{t.also}</summary>
          <Referrals intake={intake} referrals={review.referrals} />
        </details>
      )}
      <TickField
        key="consent"
        id="consent"
        label={main.answer.lead === null && !linked ? t.consentQueue : t.consent}
        checked={agrees}
        faults={intake.faults}
        onInput={setAgrees}
      />
    </StepFrame>
  )
}

/** Agencies of a route with what each reads, and the rules that lead there. */
function Where({ intake, route }: { intake: Intake; route: CheckedRoute; key?: string }): JSX.Element {
  const t = intake.texts.review
  const { lead, partner, cc, reasons, flags } = route.answer
  const { conveyIdentity } = intake.draft
  const labels = intake.settings.words.codes.flags
  const leadName = lead === null ? '' : agencyName(intake, lead)
  return (
    <section class="where">
      <h3>{lead === null ? t.queueTitle : t.where}</h3>
      {lead === null && <p>{t.queueSays}</p>}
      <ul class="agencies">
        {lead !== null && (
          <li>
            <strong>
              <bdi>{leadName}</bdi>
            </strong>{' '}
            {t.leads}
            <p>{t.leadReads}</p>
            <p>{conveyIdentity ? t.leadReadsIdentity : t.leadKeepsIdentity}</p>
          </li>
        )}
        {partner !== null && (
          <li>
            <strong>
              <bdi>{agencyName(intake, partner)}</bdi>
            </strong>{' '}
            {t.reaches}
            <p>{fill(conveyIdentity ? t.partnerReadsIdentity : t.partnerReads, { lead: leadName })}</p>
          </li>
        )}
        {cc.map((id) => (
          <li>
            <strong>
              <bdi>{agencyName(intake, id)}</bdi>
            </strong>{' '}
            {t.informed}
          </li>
        ))}
      </ul>
      {flags.length > 0 && (
        <>
          <h4>{t.flags}</h4>
          <ul>
            {flags.map((flag) => (
              <li>{labels[flag]}</li>
            ))}
          </ul>
        </>
      )}
      <h4>{t.why}</h4>
      <ul>
        {reasons.map(({ rule, text }) => (
          <li>
            {text} <small>({fill(t.rule, { rule })})</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The mark's name beside the id, which says nothing to her; the id alone where it is not the record she was shown. */
function nameRecord({ draft: { found } }: Intake, record: string): string {
  return found?.record === record ? `${found.mark} (${record})` : record
}

/** A band by its limits, which say more than its number. */
function showBand({ settings, texts }: Intake, { amountBand, currency }: CaseMeta): string {
  const limits: readonly number[] = AMOUNT_BANDS[currency as keyof typeof AMOUNT_BANDS] ?? []
  const format = new Intl.NumberFormat(settings.words.locale)
  const show = (limit: number | undefined): string =>
    limit === undefined ? '' : `${format.format(limit)} ${currency}`
  const [from, to] = [show(limits[amountBand - 1]), show(limits[amountBand])]
  const { bandBetween, bandOver, bandUpTo } = texts.review
  return fill(from === '' ? bandUpTo : to === '' ? bandOver : bandBetween, { from, to })
}

/** Everything that leaves unencrypted, line by line, as the quote holds it. */
function Facts({ intake, meta }: { intake: Intake; meta: CaseMeta }): JSX.Element {
  const { words } = intake.settings
  const { facts } = intake.texts.review
  const { form } = intake.texts
  const rows: [string, string | null][] = [
    [facts.consumerCountry, countryName(words, meta.consumerCountry)],
    [facts.merchantCountry, meta.merchantCountry && countryName(words, meta.merchantCountry)],
    [facts.record, meta.record && nameRecord(intake, meta.record)],
    [facts.markShown, meta.markShown && agencyName(intake, meta.markShown)],
    [facts.marketplace, meta.marketplace],
    [facts.claimType, words.codes.claimTypes[meta.claimType]],
    [facts.relation, words.codes.relations[meta.relation]],
    [facts.amountBand, showBand(intake, meta)],
    [facts.lang, words.languages.find(({ value }) => value === meta.lang)?.label ?? meta.lang],
    [facts.contactedMerchant, meta.contactedMerchant ? form.yes : form.no],
  ]
  return (
    <dl class="facts">
      {rows.map(
        ([name, value]) =>
          value !== null && (
            <div>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}
