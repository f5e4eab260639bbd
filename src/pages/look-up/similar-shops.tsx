/** The certified shops that the asked address resembles: the genuine address beside what was asked (verdict field `similar`). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Verdict } from '../../record/verdict.js'
import { phrase } from '../frame/phrase.js'
import { type Reader, recordPath } from '../frame/reader.js'
import { showPresence } from '../frame/subject.js'
import { ShopChoice } from './shop-choice.js'

export function SimilarShops({ verdict, reader }: { verdict: Verdict; reader: Reader }): JSX.Element | null {
  const { similar } = reader.t
  if (!verdict.similar || verdict.similar.length === 0) return null
  return (
    <section>
      <h2>{similar.title}</h2>
      <p>{similar.lead}</p>
      <ul class="shops">
        {verdict.similar.map((one) => (
          <ShopChoice
            holder={one.holder}
            url={one.url}
            marks={[{ verdict: one.verdict, name: one.mark }]}
            reader={reader}
          >
            <p>{similar[one.resemblance]}</p>
            <p>
              <a class="channel" href={recordPath(one.record, reader.lang)}>
                {phrase(similar.page, {
                  address: <bdi class="address">{showPresence({ kind: 'web', url: one.url }).shown}</bdi>,
                })}
              </a>
            </p>
          </ShopChoice>
        ))}
      </ul>
    </section>
  )
}
