/** The five principles of one record with coverage, the scheme's own criteria, and the gaps (DESIGN 2, 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { type Coverage, MONITORING, PRINCIPLE_TEXTS, PRINCIPLES } from '../alliance/principles.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../record/verdict.js'
import { Local, phrase } from './phrase.js'
import type { Reader } from './reader.js'
import { CoverageSign } from './signs.js'

type Criteria = VerdictRecord['monitoring']

/** The five in their order, then monitoring, which is never counted as one of them. */
export function PrincipleList({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { t } = reader
  return (
    <>
      <h3>{POSITIVE_VERDICTS.includes(record.verdict) ? t.principles.title : t.principles.lost}</h3>
      <ul class="principles">
        {PRINCIPLES.map((name) => {
          const view = record.principles[name]
          return (
            <li>
              <CoverageSign of={view.coverage} />
              <div>
                <h4>
                  <Local text={PRINCIPLE_TEXTS[name].name} reader={reader} />{' '}
                  <span class="word">{t.principles[view.coverage]}</span>
                </h4>
                <CriterionList criteria={view.criteria} coverage={view.coverage} reader={reader} />
              </div>
            </li>
          )
        })}
        <li>
          <div>
            <h4>
              <Local text={PRINCIPLE_TEXTS[MONITORING].name} reader={reader} />
            </h4>
            {record.monitoring.length > 0 ? (
              <CriterionList criteria={record.monitoring} coverage="full" reader={reader} />
            ) : (
              <p class="hint">{t.principles.noMonitoring}</p>
            )}
          </div>
        </li>
      </ul>
      <p class="hint">{phrase(t.principles.version, { version: <bdi>{record.criteriaVersion}</bdi> })}</p>
    </>
  )
}

function CriterionList({
  criteria,
  coverage,
  reader,
}: {
  criteria: Criteria
  coverage: Coverage
  reader: Reader
}): JSX.Element | null {
  const { t } = reader
  if (criteria.length === 0) return coverage === 'none' ? <p class="hint">{t.principles.gap}</p> : null
  return (
    <p class="hint">
      {t.principles.criteria}{' '}
      {criteria.map((one, i) => (
        <>
          {i > 0 && ' · '}
          <Local text={one.name} reader={reader} />
          {one.coverage === 'partial' && coverage === 'full' && ` (${t.principles.partial})`}
        </>
      ))}
    </p>
  )
}

/** The five with what each means, for the start page. */
export function PrincipleTexts({ reader }: { reader: Reader }): JSX.Element {
  return (
    <ol class="meanings">
      {PRINCIPLES.map((name) => (
        <li>
          <h3>
            <Local text={PRINCIPLE_TEXTS[name].name} reader={reader} />
          </h3>
          <p>
            <Local text={PRINCIPLE_TEXTS[name].description} reader={reader} />
          </p>
        </li>
      ))}
    </ol>
  )
}
