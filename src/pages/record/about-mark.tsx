/** Who stands behind a record, what kind of mark it is, and until when it holds; what happened to it, and its proofs (issue 5, story 1). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { parseMarkType } from '../../record/record.js'
import type { VerdictRecord } from '../../record/verdict.js'
import { Agency } from '../frame/agency.js'
import { hasOwnLevelName } from '../frame/mark-title.js'
import { Local, phrase, Time } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { Fact } from '../look-up/record-card.js'
import { ChangeLine, saysValidity, ValidityLine } from '../look-up/verdict-panel.js'

/** Path of the page about a record's mark; undefined for a type of another origin. */
function markPath(record: VerdictRecord, { origin, reader }: Setting): string | undefined {
  const type = parseMarkType(origin, record.mark.type)
  return type && localPath(reader.lang, `/marks/${type.member}/${type.mark}/${type.level}`)
}

export function AboutMark({ record, setting }: { record: VerdictRecord; setting: Setting }): JSX.Element {
  const { reader } = setting
  const { t } = reader
  const { behind } = reader.texts.record
  const { mark, member } = record
  const kind = t.kinds[mark.kind]
  const href = markPath(record, setting)
  return (
    <section class="record">
      <h2>{behind.title}</h2>
      <dl class="facts">
        <Fact name={t.record.awardedBy}>
          <a class="channel" href={localPath(reader.lang, `/members/${member.id}`)}>
            <Agency agency={member} reader={reader} />
          </a>
        </Fact>
        <Fact name={behind.mark}>
          <Local text={mark.name} reader={reader} />
          {href !== undefined && (
            <>
              <br />
              <a class="channel" href={href}>
                {behind.aboutMark}
              </a>
            </>
          )}
        </Fact>
        {hasOwnLevelName(mark, reader.lang) && (
          <Fact name={behind.level}>
            <Local text={mark.levelName} reader={reader} />
          </Fact>
        )}
        <Fact name={behind.kind}>
          <b>{kind.title}</b>
          <br />
          {kind.says}
        </Fact>
        <Fact name={t.record.validity}>
          {saysValidity(record) && (
            <>
              <ValidityLine record={record} reader={reader} />
              <br />
            </>
          )}
          {phrase(t.record.signed, { date: <Time at={record.validity.from} day reader={reader} /> })}
        </Fact>
        {record.status && (
          <Fact name={t.record.change}>
            <ChangeLine record={record} reader={reader} />
          </Fact>
        )}
      </dl>
    </section>
  )
}

/** What happened to the record, newest last, and where to read all of it. */
export function History({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { history } = reader.texts.record
  const { status } = record
  const path = `/v1/records/${encodeURIComponent(record.id)}`
  const entries = [
    { what: history.signed, at: record.validity.from, index: record.index },
    ...(status ? [{ what: history[status.change], at: status.effective, index: status.index }] : []),
  ].sort((a, b) => a.index - b.index)
  return (
    <details class="evidence">
      <summary>{history.title}</summary>
      <dl class="facts">
        {entries.map(({ what, at, index }) => (
          <Fact name={what}>
            <Time at={at} reader={reader} />
            <br />
            {phrase(history.entry, { index: reader.number(index) })}
          </Fact>
        ))}
      </dl>
      <p>
        <a href={`${path}/history`}>{history.all}</a>
      </p>
      <p>
        <a href={`${path}/proof`}>{history.proof}</a>
      </p>
    </details>
  )
}
