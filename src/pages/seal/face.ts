/** What a seal says: from a verdict, or the lack of one, to the words and the sign that are drawn (issue 5, story 3). */
import { type Language, type LocalText, pickText } from '../../alliance/text.js'
import type { RecordPresence } from '../../record/record.js'
import { POSITIVE_VERDICTS, type VerdictRecord, type VerdictWord } from '../../record/verdict.js'
import { hasOwnLevelName } from '../frame/mark-title.js'
import { fill } from '../frame/phrase.js'
import { readerOf } from '../frame/reader.js'
import { SIGN_PATHS, TONES, WARNING_PATH } from '../frame/signs.js'
import { showPresence } from '../frame/subject.js'
import { formatPlace, placeOf, type SealPlace } from './place.js'
import { formatSealTime } from './seal-time.js'
import { tidy } from './text-fit.js'
import type { SealWord } from './words.js'

export type SealTone = (typeof TONES)[VerdictWord]

/** A text with the language that it is in. */
interface SealText {
  text: string
  lang: string
}

/** All that a seal shows. */
export interface SealFace {
  lang: Language
  word: SealWord
  tone: SealTone
  /** Only a mark in force has the look of one. */
  inForce: boolean
  sign: string
  state: string
  kind?: string
  mark?: SealText
  level?: SealText
  label?: string
  place?: SealPlace
  /** "and 2 more" places. */
  more?: string
  /** Where there is no mark to tell of. */
  note?: string
  asOf?: string
  check: string
  demo?: string
  title: string
  description: string
}

/** The hub's answer: the record, or that there is none. */
export interface SealAnswer {
  record?: VerdictRecord | undefined
  /** Log size on which it rests. */
  size: number
  /** The moment for which it holds (ISO 8601). */
  at: string
}

/** What a seal is drawn from. */
export interface SealSubject {
  lang: Language
  /** Undefined where the hub can't answer at the moment. */
  answer: SealAnswer | undefined
  /** The seal stands on a page that the mark does not cover. */
  elsewhere?: boolean
  /** Canonical key of the place to name; one that the record does not cover is passed over. */
  place?: string | undefined
  origin: string
  demo: boolean
}

export function faceOf(subject: SealSubject): SealFace {
  const { lang, answer, origin, demo } = subject
  const { texts, t, count } = readerOf(lang)
  const { seal } = texts
  const record = answer?.record
  const word = wordOf(subject)
  const inForce = isInForce(word)
  const check = fill(seal.check, { host: new URL(origin).host })
  const state = seal.states[word]
  const shared = {
    lang,
    word,
    inForce,
    tone: word === 'elsewhere' ? 'stop' : word === 'unavailable' ? 'none' : TONES[word],
    sign: word === 'elsewhere' || word === 'unavailable' ? WARNING_PATH : SIGN_PATHS[word],
    state,
    check,
    ...(answer && { asOf: formatSealTime(answer.at, lang) }),
    ...(demo && { demo: t.demo.title }),
  } as const
  const close = [shared.asOf, `${check}. ${seal.pictures}`]
  if (!record) {
    const note = word === 'unavailable' ? seal.unavailable : seal.unknown
    return { ...shared, note, title: state, description: sentences(note, ...close) }
  }
  const mark = localOf(record.mark.name, lang)
  const level = hasOwnLevelName(record.mark, lang) ? localOf(record.mark.levelName, lang) : undefined
  const kind = t.kinds[record.mark.kind].title
  const main = presenceOf(record, subject.place)
  const place = placeOf(main)
  const others = record.presences.length - 1
  const label = inForce || word === 'elsewhere' || word === 'not-yet-valid' ? seal.belongs : seal.belonged
  const places = [main, ...record.presences.filter((one) => one !== main)].map((one) =>
    formatPlace(placeOf(one)),
  )
  return {
    ...shared,
    kind,
    mark,
    ...(level && { level }),
    label,
    place,
    ...(others > 0 && { more: count(seal.more, others) }),
    title: `${state}: ${[mark.text, level?.text].filter(Boolean).join(' · ')} (${kind})`,
    description: sentences(
      word === 'elsewhere' ? seal.elsewhere : '',
      `${mark.text} – ${label}: ${places.join(', ')}`,
      ...record.presences.flatMap((one) => fillName(t.covered.looseName, showPresence(one).looseName) ?? []),
      ...close,
    ),
  }
}

function wordOf({ answer, elsewhere }: SealSubject): SealWord {
  if (!answer) return 'unavailable'
  const word = answer.record?.verdict ?? 'not-found'
  if (word === 'unresolvable-link') return 'not-found'
  // Where the mark is lost, that is said: it is true on every page.
  return elsewhere && isInForce(word) ? 'elsewhere' : word
}

export function isInForce(word: SealWord): boolean {
  return POSITIVE_VERDICTS.some((positive) => positive === word)
}

function presenceOf(record: VerdictRecord, key: string | undefined): RecordPresence {
  const [first] = record.presences
  const asked = record.presences.find(({ keys }) => key !== undefined && keys.includes(key))
  if (asked ?? first) return (asked ?? first) as RecordPresence
  throw new Error(`record ${record.id} covers no place, which its schema does not allow`)
}

function localOf(text: LocalText, lang: Language): SealText {
  const picked = pickText(text, lang)
  return { text: tidy(picked.text), lang: picked.lang }
}

function fillName(text: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : fill(text, { name })
}

/** One sentence after the other; those that end with a mark of their own get no other. */
function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part): part is string => Boolean(part))
    .map((part) => (/[.。!?]$/.test(part) ? part : `${part}.`))
    .join(' ')
}
