/** The five principles of one record with coverage, the scheme's own criteria, and the gaps (DESIGN 2, 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { type Coverage, MONITORING, PRINCIPLE_TEXTS, PRINCIPLES } from '../../alliance/principles.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'
import { Local } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { CoverageSign } from '../frame/signs.js'

type Criteria = VerdictRecord['monitoring']

/**
 * The five in their order, then monitoring, which is never counted as one of them. Each is one line with its coverage;
 * the scheme's own criteria for it unfold below.
 */
export function PrincipleList({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { t } = reader
  return (
    <section>
      <h3>{POSITIVE_VERDICTS.includes(record.verdict) ? t.principles.title : t.principles.lost}</h3>
      <ul class="principles">
        {PRINCIPLES.map((name) => {
          const { coverage, criteria } = record.principles[name]
          const line = (
            <>
              <CoverageSign of={coverage} />
              <span>
                <b>
                  <Local text={PRINCIPLE_TEXTS[name].name} reader={reader} />
                </b>{' '}
                <span class="word">{t.principles[coverage]}</span>
              </span>
            </>
          )
          return (
            <li>
              {criteria.length > 0 ? (
                <details>
                  <summary class="fold">{line}</summary>
                  <CriterionList criteria={criteria} coverage={coverage} reader={reader} />
                </details>
              ) : (
                <>
                  <p class="fold">{line}</p>
                  {coverage === 'none' && <p class="hint">{t.principles.gap}</p>}
                </>
              )}
            </li>
          )
        })}
        <li>
          {record.monitoring.length > 0 ? (
            <details>
              <summary class="fold">
                <MonitoringName reader={reader} />
              </summary>
              <CriterionList criteria={record.monitoring} coverage="full" reader={reader} />
            </details>
          ) : (
            <>
              <p class="fold">
                <MonitoringName reader={reader} />
              </p>
              <p class="hint">{t.principles.noMonitoring}</p>
            </>
          )}
        </li>
      </ul>
    </section>
  )
}

function MonitoringName({ reader }: { reader: Reader }): JSX.Element {
  return (
    <b>
      <Local text={PRINCIPLE_TEXTS[MONITORING].name} reader={reader} />
    </b>
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
}): JSX.Element {
  const { t } = reader
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
