/** Naming what a difference is about: the record or member, and the log index that says how it should be. Pure. */
import { type Difference, pointerTokens } from './compare-json.js'

export interface Named {
  index: number | null
  record?: string
  member?: string
}

type Json = Record<string, unknown>

/**
 * @param derived the answer that the log gives; what the hub shows is asked only about what the log does not have
 * @param fallback what the question was about
 */
export function nameDifference(
  { at, shown: value }: Difference,
  shown: unknown,
  derived: unknown,
  fallback: Named,
): Named {
  const [first, second = ''] = pointerTokens(at)
  // A place that the hub lacks is one of the log's own list.
  const pickThere = (): Json | undefined => pick(value === undefined ? derived : shown, first ?? '', second)
  switch (first) {
    case 'records':
    case 'record': {
      const there = pickThere()
      const id = text(there?.id)
      const known = first === 'record' ? pick(derived, first, second) : findById(derived, 'records', id)
      return { index: newestIndex(known ?? there) ?? fallback.index, ...(id && { record: id }) }
    }
    case 'history':
    case 'lines': {
      return { ...fallback, index: number(pickThere()?.index) ?? fallback.index }
    }
    case 'members': {
      const id = text(pickThere()?.id)
      const known = findById(derived, 'members', id)
      return { index: registerIndex(known) ?? null, ...(id && { member: id }) }
    }
    case 'register':
      return { ...fallback, index: registerIndex(derived) ?? fallback.index }
    case 'asOf': {
      const [, , member] = pointerTokens(at)
      if (second !== 'members' || !member) break
      const register = object(object(object(object(derived)?.asOf)?.members)?.[member])
      return { index: number(register?.index) ?? fallback.index, member }
    }
  }
  if (fallback.index !== null) return fallback
  const records = [derived, shown].flatMap((body) => list(object(body)?.records))
  const about = object(records[0])
  return {
    ...fallback,
    index: newestIndex(about) ?? null,
    ...(about && fallback.record === undefined && text(about.id) && { record: text(about.id) }),
  }
}

/** The log index of what was last said about a record that is shown. */
export function newestIndex(record: unknown): number | undefined {
  const shown = object(record)
  const [issued, changed] = [number(shown?.index), number(object(shown?.status)?.index)]
  return issued !== undefined && changed !== undefined ? Math.max(issued, changed) : (changed ?? issued)
}

function registerIndex(member: unknown): number | undefined {
  return number(object(object(member)?.register)?.index)
}

function pick(body: unknown, name: string, place: string): Json | undefined {
  const value = object(body)?.[name]
  return object(Array.isArray(value) ? value[Number(place)] : value)
}

function findById(body: unknown, name: string, id: string | undefined): Json | undefined {
  return list(object(body)?.[name])
    .map(object)
    .find((item) => id !== undefined && item?.id === id)
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 100) : undefined
}

function number(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined
}
