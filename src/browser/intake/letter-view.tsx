/** The letter to the shop, in its language beside her own, and the way back here when the shop has had its time (gate G6). */
import { useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { languageName } from '../../alliance/language-name.js'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { addDays } from '../../dispute/days.js'
import { merchantLetter } from '../../dispute/letters/merchant-letter.js'
import { type ClaimType, REMEDIES, type Remedy } from '../../dispute/taxonomy.js'
import { ChoiceField, Stage, TickField } from '../kit/form.js'
import { copyText } from '../kit/keep-safe.js'
import { fill } from '../kit/words.js'
import { codeOptions } from './agency.js'
import type { Intake } from './intake.js'
import type { ViewProps } from './step-frame.js'
import { formatPayload } from './to-payload.js'

export function LetterView({ intake }: ViewProps): JSX.Element {
  const { texts, draft, settings, lang } = intake
  const { letter, claim } = texts
  const [said, say] = useState('')
  const theirs = merchantLanguage(intake)
  const text = writeLetter(intake, theirs)
  const address = draft.found?.contacts.find(({ kind }) => kind === 'email')?.value
  const link = `${location.origin}${location.pathname}#resume`
  const copy = async (what: string): Promise<void> => {
    const { copied, copyFailed } = texts.done.keep
    say((await copyText(what)) ? copied : copyFailed)
  }
  const share = (): Promise<void> =>
    navigator.share({ title: text.subject, text: text.body }).catch(() => undefined)
  return (
    <Stage id="letter" title={letter.title}>
      <p key="lead">{fill(letter.lead, { date: intake.format.day(addDays(intake.answerBy, 1)) })}</p>
      <ChoiceField
        key="remedies"
        id="remedies"
        label={claim.remedies}
        many
        options={codeOptions(REMEDIES, settings.words.codes.remedies)}
        values={draft.remedies}
        onInput={(remedies) => intake.set({ remedies: remedies as Remedy[] })}
      />
      <h3 key="theirs">
        {fill(letter.theirs, {
          language: languageName(intake.format.language(theirs), intake.lang, 'sentence'),
        })}
      </h3>
      <div class="letter" lang={theirs} key="text">
        <p>
          <strong>{text.subject}</strong>
        </p>
        <p class="body">{text.body}</p>
      </div>
      <p key="sign">{letter.sign}</p>
      <p key="to">{address ? fill(letter.mailTo, { address }) : letter.noAddress}</p>
      <div class="buttons" key="buttons">
        <button type="button" onClick={() => void copy(`${text.subject}\n\n${text.body}`)}>
          {letter.copy}
        </button>
        <a
          class="button plain"
          href={`mailto:${address ? encodeURIComponent(address) : ''}?subject=${encodeURIComponent(text.subject)}&body=${encodeURIComponent(text.body)}`}
        >
          {letter.mail}
        </a>
        {'share' in navigator && (
          <button type="button" class="plain" onClick={() => void share()}>
            {letter.share}
          </button>
        )}
      </div>
      <p role="status" key="said">
        {said}
      </p>
      {theirs !== lang && (
        <details key="yours">
          <summary>{letter.yours}</summary>
          <p class="body">{writeLetter(intake, lang as Language).body}</p>
        </details>
      )}
      <h3 key="after">{letter.after}</h3>
      <TickField
        key="keep"
        id="keep"
        label={letter.keep}
        hint={letter.keepHint}
        checked={intake.keeps === true}
        onInput={(checked) => intake.setKeeps(checked)}
      />
      {intake.keeps === true && (
        <p key="link">
          {letter.link} <a href={link}>{link}</a>
        </p>
      )}
      <div class="buttons" key="next">
        {intake.keeps === true && (
          <button type="button" class="plain" onClick={() => void copy(link)}>
            {letter.copyLink}
          </button>
        )}
        <button type="button" class="plain" onClick={() => intake.answered('yes')}>
          {letter.answered}
        </button>
        <button type="button" class="plain" onClick={() => intake.answered('unreachable')}>
          {letter.cannot}
        </button>
      </div>
    </Stage>
  )
}

/** In which language the shop reads: as its record says, else that of its country, else English. */
export function merchantLanguage({ draft }: Pick<Intake, 'draft'>): Language {
  const own: Readonly<Record<string, Language>> = { TH: 'th', VN: 'vi', JP: 'ja' }
  const stated = LANGUAGES.find((lang) => draft.found?.languages[0]?.startsWith(lang))
  return stated ?? own[draft.found?.country ?? draft.merchantCountry] ?? 'en'
}

function writeLetter(
  { draft, members, answerBy }: Intake,
  lang: Language,
): { subject: string; body: string } {
  const { shop, transaction, remedy } = formatPayload(draft, [])
  const { product, orderNo, date, paid } = transaction
  return merchantLetter(
    {
      shop: shop.url ?? shop.name,
      claimType: draft.claimType as ClaimType,
      remedies: draft.remedies.length > 0 ? draft.remedies : ['info'],
      ...(product && { product }),
      ...(orderNo && { orderNo }),
      ...(date && { date }),
      ...(paid && { paid }),
      ...(remedy.amount && { claimed: remedy.amount }),
      days: draft.letterDays,
      answerBy,
      agency: members.find(({ id }) => id === draft.letterLead)?.name ?? null,
    },
    lang,
  )
}
