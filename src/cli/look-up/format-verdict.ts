/** A checked look-up in plain lines, in the reader's language. */
import { PRINCIPLE_TEXTS, PRINCIPLES } from '../../alliance/principles.js'
import { type Language, type LocalText, pickText } from '../../alliance/text.js'
import { namesCountry } from '../../pages/frame/agency.js'
import { markTitle } from '../../pages/frame/mark-title.js'
import { fill, plain } from '../../pages/frame/phrase.js'
import { type Reader, readerOf } from '../../pages/frame/reader.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'
import type { CheckedLookUp } from './check-lookup.js'

/**
 * Lines to print. Records are shown as their signed statements have them; names by strangers can't move the cursor or
 * turn the text round.
 */
export function formatLookUp(looked: CheckedLookUp, language: Language): string[] {
  const { verdict, checks, trusted } = looked
  const reader = readerOf(language)
  const { t } = reader
  const text = t.verdicts[verdict.verdict]
  const failed = checks.filter(({ ok }) => !ok)
  return [
    ...(verdict.demo ? [`${t.demo.title}: ${t.demo.says}`, ''] : []),
    ...(trusted
      ? [`${text.title.toUpperCase()}  ${plain(verdict.query.display)}`, `  ${text.says}`, `  ${text.now}`]
      : [
          'DO NOT TRUST THIS ANSWER: it does not follow from what was signed.',
          ...failed.map(({ record, detail }) => `  ${plain(record ? `${record}: ${detail}` : detail)}`),
        ]),
    ...formatRestored(verdict.asOf.restored, reader),
    ...verdict.warnings.map(
      ({ code, detail }) => `  ! ${t.warnings[code].title}: ${plain(pickText(detail, language).text)}`,
    ),
    ...verdict.records.flatMap((record) => ['', ...formatRecord(record, reader)]),
    ...formatSimilar(verdict.similar, reader),
    ...formatSearched(verdict.searched, reader),
    '',
    ...formatComplaints(verdict.complaints, reader),
    '',
    ...formatChecks(looked, reader),
  ]
}

function formatRecord(record: VerdictRecord, reader: Reader): string[] {
  const { t } = reader
  const name = (text: LocalText) => plain(pickText(text, reader.lang).text)
  const inForce = POSITIVE_VERDICTS.includes(record.verdict)
  const until = fill(record.verdict === 'expired' ? t.record.expired : t.record.until, {
    date: reader.lastDay(record.validity.until),
  })
  return [
    `${t.verdicts[record.verdict].title}: ${plain(markTitle(record.mark, reader.lang))} (${t.kinds[record.mark.kind].title})`,
    // A date to come beside a mark that was taken away would read as a promise.
    ...(inForce || record.verdict === 'expired' ? [`  ${until}`] : []),
    `  ${t.record.awardedBy}: ${name(record.member.name)}${namesCountry(record.member, reader) ? '' : `, ${reader.country(record.member.country)}`}`,
    `  ${t.record.holder}: ${name(record.holder.name)}`,
    `  ${inForce ? t.covered.belongs : t.covered.belonged}: ${record.presences.map(({ url }) => plain(url)).join(', ')}`,
    `  ${t.record.number}: ${record.id}`,
    ...(record.status ? [`  ${formatChange(record.status, reader)}: ${name(record.status.reason)}`] : []),
    ...(inForce ? formatPrinciples(record, reader) : []),
  ]
}

/** That the log lost something: told before what it holds. */
function formatRestored(restored: CheckedLookUp['verdict']['asOf']['restored'], reader: Reader): string[] {
  if (!restored) return []
  const { title, when, missing, ask } = reader.t.restored
  const happened = fill(reader.count(when, restored.size), { time: reader.time(restored.at) })
  return [`  ! ${title}: ${happened} ${missing} ${ask}`]
}

function formatChange(
  { change, effective }: NonNullable<VerdictRecord['status']>,
  { t, date }: Reader,
): string {
  const texts = {
    suspended: t.record.suspendedOn,
    revoked: t.record.revokedOn,
    reinstated: t.record.reinstatedOn,
  }
  return fill(texts[change], { date: date(effective) })
}

function formatPrinciples(record: VerdictRecord, { t, lang }: Reader): string[] {
  const name = (text: LocalText) => plain(pickText(text, lang).text)
  return PRINCIPLES.map((principle) => {
    const { coverage, criteria } = record.principles[principle]
    const own =
      criteria.length > 0 ? ` – ${criteria.map((criterion) => name(criterion.name)).join('; ')}` : ''
    return `  ${name(PRINCIPLE_TEXTS[principle].name)}: ${t.principles[coverage]}${own}`
  })
}

function formatSimilar(similar: CheckedLookUp['verdict']['similar'], reader: Reader): string[] {
  if (!similar) return []
  const { t } = reader
  const name = (text: LocalText) => plain(pickText(text, reader.lang).text)
  return [
    '',
    t.similar.title,
    ...similar.map(
      ({ url, holder, mark, verdict, record, resemblance }) =>
        `  ${plain(url)}  ${name(holder)}, ${name(mark)} (${t.verdicts[verdict].title}), ${record}: ${t.similar[resemblance]}`,
    ),
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
    ...searched.schemes.map(({ name, member }) => `  ${plain(pickText(name, reader.lang).text)} (${member})`),
    ...(searched.schemes.length === 0 ? [`  ${t.searched.none}`] : []),
    ...(country ? [`  ${country}`] : []),
  ]
}

function formatComplaints(bodies: CheckedLookUp['verdict']['complaints'], reader: Reader): string[] {
  const { t } = reader
  if (bodies.length === 0) return [t.complaints.title, `  ${t.complaints.none}`]
  return [
    t.complaints.title,
    ...bodies.map(({ name, country, channels }) => {
      const ways = channels.map(({ value }) => plain(value)).join(', ')
      return `  ${plain(pickText(name, reader.lang).text)} (${reader.country(country)}): ${ways || '–'}`
    }),
  ]
}

/** What was verified is told in English, as the refusals are. */
function formatChecks({ verdict, checks, anchor, logKeys, pinned }: CheckedLookUp, reader: Reader): string[] {
  const { t } = reader
  const { size, at } = verdict.asOf
  const log = fill(reader.count(t.asOf.log, size), { time: reader.time(at) })
  return [
    'Checked here, not taken from the hub’s word:',
    ...checks.map(
      ({ ok, record, detail }) =>
        `  ${ok ? 'ok  ' : 'FAIL'}  ${plain(record ? `${record}: ${detail}` : detail)}`,
    ),
    pinned
      ? '  The alliance’s keys are those of the anchor file.'
      : `  The alliance’s keys came from ${anchor.origin} itself; pin them with --pin and --anchor to detect a hub that lies.`,
    ...(pinned && logKeys.length > 0
      ? ['  Write the anchor with the log’s new keys by naming its file with --pin too.']
      : []),
    'The hub’s word: that nothing newer was signed, what was searched, which addresses are similar, the warnings, and where to complain.',
    `${t.asOf.title}: ${log}`,
  ]
}
