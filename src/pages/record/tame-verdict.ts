/** An answer as a page can bear it: every text tamed, no name as long as a page. */
import type { Verdict } from '../../record/verdict.js'
import { tame } from '../frame/tame.js'

/** Longest name of a holder that is shown whole; the signed record below holds all of it. */
const MAX_NAME = 200

/** What is shown as evidence or compared by machines stays as it was signed. */
const KEPT: ReadonlySet<string> = new Set([
  'statement',
  'checkpoint',
  'url',
  'keys',
  'id',
  'type',
  'entity',
  'query',
])

/** An answer for a page: every text tamed, holders' names cut where they are longer than any name. */
export function tameVerdict(verdict: Verdict): Verdict {
  const tamed = tameWithin(verdict)
  return {
    ...tamed,
    records: tamed.records.map((record) => ({
      ...record,
      holder: { ...record.holder, name: mapValues(record.holder.name, cut) },
    })),
  }
}

function tameWithin<T>(value: T): T
function tameWithin(value: unknown): unknown {
  if (typeof value === 'string') return tame(value)
  if (Array.isArray(value)) return value.map((one) => tameWithin(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, KEPT.has(name) ? inner : tameWithin(inner)]),
  )
}

function cut(name: string): string {
  const letters = Array.from(name)
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME).join('')}…` : name
}

function mapValues(texts: Record<string, string>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([lang, text]) => [lang, change(text)]))
}
