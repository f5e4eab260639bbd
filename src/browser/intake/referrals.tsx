/** Bodies outside the alliance: name, address, telephone, languages, and what they do. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Referral } from '../../dispute/route-question.js'
import { fill, localText } from '../kit/words.js'
import type { Intake } from './intake.js'

export function Referrals({
  intake,
  referrals,
}: {
  intake: Intake
  referrals: readonly Referral[]
}): JSX.Element {
  const { exit } = intake.texts
  return (
    <div class="referrals">
      {referrals.map((referral) => {
        const name = localText(referral.name, intake.lang)
        const note = localText(referral.note, intake.lang)
        const spoken = referral.languages.map(intake.format.language)
        return (
          <article>
            <h3 lang={name.lang}>
              <bdi>{name.text}</bdi>
            </h3>
            <p lang={note.lang}>{note.text}</p>
            <dl class="facts">
              {referral.phone && (
                <div>
                  <dt>{exit.phone}</dt>
                  <dd>
                    <a class="channel" href={`tel:${referral.phone.replace(/[^\d+]/g, '')}`}>
                      {referral.phone}
                    </a>
                  </dd>
                </div>
              )}
              {referral.url && isWeb(referral.url) && (
                <div>
                  <dt>{exit.website}</dt>
                  <dd>
                    <a class="channel" href={referral.url} rel="noreferrer">
                      {new URL(referral.url).host}
                    </a>
                  </dd>
                </div>
              )}
            </dl>
            {spoken.length > 0 && (
              <p class="hint">
                {fill(exit.languages, { languages: spoken.join(intake.lang === 'ja' ? '、' : ', ') })}
              </p>
            )}
          </article>
        )
      })}
    </div>
  )
}

/** A link must never run anything: `javascript:` is an address too. */
function isWeb(url: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(url)
}
