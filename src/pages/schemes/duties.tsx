/** Who must, and who need not, register or ask for a mark: rules in force today, then what has passed (DESIGN 4.8). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { MemberDefinition } from '../../alliance/definition.js'
import { Local } from '../frame/phrase.js'
import { DatedList, Doubt } from './dated-list.js'
import { Ref } from './sources.js'
import type { View } from './view.js'

export function Duties({ of, view }: { of: MemberDefinition; view: View }): JSX.Element | null {
  const { member: t } = view.reader.texts.schemes
  if (of.duties.length === 0) return null
  return (
    <section id="duties">
      <h2>{t.duties}</h2>
      <p>{t.dutiesLead}</p>
      {[true, false].map((must) => {
        const rules = of.duties.filter((duty) => duty.must === must)
        if (rules.length === 0) return null
        return (
          <>
            <h3>{must ? t.must : t.mustNot}</h3>
            <DatedList
              of={of}
              rules={rules}
              view={view}
              show={(duty) => (
                <>
                  <Local text={duty.text} reader={view.reader} />{' '}
                  <Ref number={view.sources.numberOf(of, duty.source)} reader={view.reader} />
                  <Doubt of={of} rule={duty} view={view} />
                </>
              )}
            />
          </>
        )
      })}
    </section>
  )
}
