/** A checked look-up in plain lines, in the reader's language. */

import { PRINCIPLE_TEXTS, PRINCIPLES } from '../../alliance/principles.js'
import { type Language, pickText } from '../../alliance/text.js'
import { fill, plain } from '../../pages/phrase.js'
import { type Reader, readerOf } from '../../pages/reader.js'
import type { VerdictRecord } from '../../record/verdict.js'
import type { CheckedLookUp } from './check-lookup.js'

/** Lines to print; names by strangers can't move the cursor or turn the text round. */
export function formatLookUp(
  { verdict, checks, anchor, pinned }: CheckedLookUp,
  language: Language,
): string[] {
  const reader = readerOf(language)
  const { t } = reader
  const text = t.verdicts[verdict.verdict]
  return [
    ...(verdict.demo ? [`${t.demo.title}: ${t.demo.says}`, ''] : []),
    `${text.title.toUpperCase()}  ${verdict.query.display}`,
    `  ${text.says}`,
    `  ${text.now}`,
    ...verdict.warnings.map(
      (warning) => `  ! ${t.warnings[warning.code].title}: ${pickText(warning.detail, language).text}`,
    ),
    ...verdict.records.flatMap((record) => ['', ...formatRecord(record, reader)]),
    ...formatSearched(verdict.searched, reader),
    '',
    `${t.complaints.title}`,
    ...(verdict.complaints.length > 0
      ? verdict.complaints.map(
          (body) =>
            `  ${pickText(body.name, language).text} (${reader.country(body.country)}): ${body.channels.map(({ value }) => value).join(', ') || '–'}`,
        )
      : [`  ${t.complaints.none}`]),
    '',
    // What was verified is told in English, as the refusals are.
    'Checked here, not taken from the hub’s word:',
    ...checks.map(
      ({ ok, record, detail }) => `  ${ok ? 'ok  ' : 'FAIL'}  ${record ? `${record}: ` : ''}${detail}`,
    ),
    pinned
      ? '  The alliance’s keys are those of the anchor file.'
      : `  The alliance’s keys came from ${anchor.origin} itself; pin them with --anchor to detect a hub that lies.`,
    `${t.asOf.title}: ${fill(t.asOf.log[verdict.asOf.size === 1 ? 'one' : 'other'], { count: reader.number(verdict.asOf.size), time: reader.time(verdict.asOf.at) })}`,
  ]
}

function formatRecord(record: VerdictRecord, reader: Reader): string[] {
  const { t, lang } = reader
  const name = (text: Record<string, string>) => plain(pickText(text, lang).text)
  const until = fill(record.verdict === 'expired' ? t.record.expired : t.record.until, {
    date: reader.date(record.validity.until),
  })
  return [
    `${t.verdicts[record.verdict].title}: ${name(record.mark.name)}, ${name(record.mark.levelName)} (${t.kinds[record.mark.kind].title})`,
    `  ${until}`,
    `  ${t.record.awardedBy}: ${name(record.member.name)}, ${reader.country(record.member.country)}`,
    `  ${t.record.holder}: ${name(record.holder.name)}`,
    `  ${t.covered.belongs}: ${record.presences.map(({ url }) => plain(url)).join(', ')}`,
    `  ${t.record.number}: ${record.id}`,
    ...(record.status
      ? [
          `  ${t.record.change}: ${record.status.change}, ${reader.date(record.status.effective)}: ${name(record.status.reason)}`,
        ]
      : []),
    ...PRINCIPLES.map((principle) => {
      const { coverage, criteria } = record.principles[principle]
      const own =
        criteria.length > 0 ? ` – ${criteria.map((criterion) => name(criterion.name)).join('; ')}` : ''
      return `  ${name(PRINCIPLE_TEXTS[principle].name)}: ${t.principles[coverage]}${own}`
    }),
  ]
}

function formatSearched(searched: CheckedLookUp['verdict']['searched'], reader: Reader): string[] {
  if (!searched) return []
  const { t } = reader
  const country =
    searched.country &&
    fill(searched.country.publishes ? t.searched.publishes : t.searched.notPublishes, {
      country: reader.country(searched.country.code),
    })
  return [
    '',
    t.searched.title,
    ...searched.schemes.map(({ name, member }) => `  ${pickText(name, reader.lang).text} (${member})`),
    ...(searched.schemes.length === 0 ? [`  ${t.searched.none}`] : []),
    ...(country ? [`  ${country}`] : []),
  ]
}
