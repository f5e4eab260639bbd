/** Texts on a page: filling in names, marking foreign languages, and keeping strangers' text in its place (DESIGN 4.13). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { type LocalText, pickText } from '../../alliance/text.js'
import type { Reader } from './reader.js'
import { tame } from './tame.js'

const PLACEHOLDER = /\{(\w+)\}/

/** Fills `{name}` in a text with elements. A name without a value stays visible, so that a test finds it. */
export function phrase(text: string, values: Record<string, Child>): Child[] {
  return text.split(PLACEHOLDER).map((part, i) => (i % 2 === 0 ? part : (values[part] ?? `{${part}}`)))
}

/** The same for plain text, as titles and attributes need it. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/**
 * Text for a `<title>` or an attribute, where no element can isolate it. Direction overrides would let a shop's name
 * turn round the words beside it ("deifitreC"), so they are taken out, and control characters with them.
 */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return tame(text).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
}

/** A text of somebody else's in the reader's language, else in another, which it is then marked with. */
export function Local({ text, reader }: { text: LocalText; reader: Reader }): JSX.Element {
  const picked = pickText(text, reader.lang)
  const said = tame(picked.text)
  return picked.lang === reader.lang ? <bdi>{said}</bdi> : <bdi lang={picked.lang}>{said}</bdi>
}

/** A moment for people, with the exact one for machines; `day` shows its day alone. */
export function Time({ at, day, reader }: { at: string; day?: boolean; reader: Reader }): JSX.Element {
  return <time datetime={at}>{day ? reader.date(at) : reader.time(at)}</time>
}

/** The last day of a validity that ends before the moment `until`; the exact end stands there for machines. */
export function LastDay({ until, reader }: { until: string; reader: Reader }): JSX.Element {
  return <time datetime={until}>{reader.lastDay(until)}</time>
}
