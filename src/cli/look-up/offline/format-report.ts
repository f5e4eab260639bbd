/** A check without network in plain lines: one for each claim, with what kind of finding it is in front. */
import { inLanguage, type Language, pickText } from '../../../alliance/text.js'
import { fill, plain } from '../../../pages/frame/phrase.js'
import { type Reader, readerOf } from '../../../pages/frame/reader.js'
import { type ChangeFinding, listRefuted, type OfflineItem, type OfflineReport } from './report.js'
import { OFFLINE_WORDS, type OfflineWords } from './words.js'

interface Teller {
  words: OfflineWords
  reader: Reader
}

/** Lines to print. What does not hold is told in English, as refusals are. */
export function formatOffline(report: OfflineReport, language: Language): string[] {
  const teller: Teller = { words: inLanguage(OFFLINE_WORDS, language), reader: readerOf(language) }
  const { words, reader } = teller
  const { demo } = reader.t
  const refuted = listRefuted(report)
  const last = refuted.length > 0 ? words.unsound : report.confirmed ? words.sound : words.against
  return [
    ...(report.demo ? [`${demo.title}: ${demo.says}`, ''] : []),
    fill(words.lead, { alliance: report.anchor.alliance }),
    ...report.items.flatMap((item) => ['', ...formatItem(item, teller)]),
    ...(refuted.length > 0 ? [''] : []),
    ...refuted.map(
      ({ file, detail }) =>
        `  ${words.refuted}  ${plain(file === undefined ? detail : `${file}: ${detail}`)}`,
    ),
    '',
    last,
  ]
}

function formatItem(item: OfflineItem, teller: Teller): string[] {
  const { words } = teller
  return [
    ...formatRecord(item, teller),
    ...formatLogged(item, teller),
    ...formatSigned(item, teller),
    ...formatInForce(item, teller),
    ...item.changes.flatMap((change) => formatChange(change, teller)),
    ...item.notConfirmed.map((code) => `  ${words.notConfirmed}  ${words.open[code]}`),
  ]
}

function formatRecord(item: OfflineItem, { words, reader }: Teller): string[] {
  const { record, entry, logged, signedBy, speaksAgainst } = item
  const { t, lang } = reader
  if (!record) return entry ? [plain(fill(words.entry, entry))] : []
  // Words that nobody was shown to have signed or logged are not repeated as if somebody had.
  if (logged.state !== 'confirmed' && signedBy.state !== 'confirmed') return [record.id]
  const { holder, presences, validity } = record
  const period = `${reader.date(validity.from)} – ${reader.lastDay(validity.until)}`
  return [
    record.id,
    `  ${t.record.holder}: ${plain(pickText(holder, lang).text)}`,
    `  ${presences.map(plain).join(', ')}`,
    // A date to come beside a mark that was taken away would read as a promise.
    ...(speaksAgainst ? [] : [`  ${t.record.validity}: ${period}`]),
  ]
}

function formatLogged({ logged }: OfflineItem, { words, reader }: Teller): string[] {
  if (logged.state !== 'confirmed') return []
  const values = {
    index: String(logged.index),
    size: String(logged.size),
    log: logged.log,
    time: reader.time(logged.at),
  }
  return [`  ${words.confirmed}  ${fill(words.logged, values)}`]
}

function formatSigned({ signedBy }: OfflineItem, { words, reader }: Teller): string[] {
  if (signedBy.state !== 'confirmed') return []
  const name = plain(pickText(signedBy.name, reader.lang).text)
  return [`  ${words.confirmed}  ${fill(words.signed, { name, member: signedBy.member })}`]
}

function formatInForce({ inForce }: OfflineItem, { words, reader }: Teller): string[] {
  if (inForce.state !== 'confirmed' && inForce.state !== 'denied') return []
  const [label, text] =
    inForce.state === 'confirmed' ? [words.confirmed, words.inForce] : [words.denied, words.notInForce]
  const { title } = reader.t.verdicts[inForce.verdict]
  const values = { time: reader.time(inForce.at), verdict: title, size: String(inForce.size) }
  const until = inForce.expired ? words.verdictExpired : words.verdictUntil
  return [`  ${label}  ${fill(text, values)}`, `    ${fill(until, { time: reader.time(inForce.until) })}`]
}

function formatChange(
  { change, effective, reason, signed, logged }: ChangeFinding,
  { words, reader }: Teller,
): string[] {
  const { record } = reader.t
  const texts = {
    suspended: record.suspendedOn,
    revoked: record.revokedOn,
    reinstated: record.reinstatedOn,
  }
  const label = change === 'reinstated' ? words.confirmed : words.denied
  const told = fill(words.change, {
    change: fill(texts[change], { date: reader.date(effective) }),
    reason: plain(pickText(reason, reader.lang).text),
  })
  return [
    `  ${signed.state === 'confirmed' ? label : words.notConfirmed}  ${told}`,
    ...(signed.state === 'unchecked' ? [`    ${words.changeUnsigned}`] : []),
    ...(logged.state === 'unchecked' ? [`    ${words.changeUnlogged}`] : []),
  ]
}
