/** Comparing what a hub shows with what its log gives, value by value; places are JSON pointers (RFC 6901). Pure. */

/** One place at which two JSON values differ; undefined where one of them has nothing there. */
export interface Difference {
  at: string
  shown: unknown
  derived: unknown
}

/** Differences told of one answer: the first few say where to look. */
export const MAX_DIFFERENCES = 20
/** Longest part of a value that a finding repeats, in UTF-16 units. */
const MAX_SHOWN = 120

/**
 * Where two JSON values differ. Lists of things that have an `id` or an `index` are compared thing by thing, so that one too
 * many is one difference. It goes no deeper than the derived value, however deep the shown one is.
 */
export function compareJson(shown: unknown, derived: unknown): Difference[] {
  const differences: Difference[] = []
  walk(shown, derived, '', differences)
  return differences
}

function walk(shown: unknown, derived: unknown, at: string, out: Difference[]): void {
  if (out.length >= MAX_DIFFERENCES || shown === derived) return
  if (Array.isArray(shown) && Array.isArray(derived)) walkLists(shown, derived, at, out)
  else if (isObject(shown) && isObject(derived)) {
    for (const name of new Set([...Object.keys(derived), ...Object.keys(shown)]))
      walk(own(shown, name), own(derived, name), `${at}/${escapeToken(name)}`, out)
  } else out.push({ at, shown, derived })
}

function walkLists(
  shown: readonly unknown[],
  derived: readonly unknown[],
  at: string,
  out: Difference[],
): void {
  const [names, wanted] = [namesOf(shown), namesOf(derived)]
  if (!names || !wanted) {
    for (let i = 0; i < Math.max(shown.length, derived.length) && out.length < MAX_DIFFERENCES; i += 1)
      walk(shown[i], derived[i], `${at}/${i}`, out)
    return
  }
  for (const [i, name] of names.entries()) walk(shown[i], derived[wanted.indexOf(name)], `${at}/${i}`, out)
  for (const [i, name] of wanted.entries())
    if (!names.includes(name)) walk(undefined, derived[i], `${at}/${i}`, out)
  const order = names.filter((name) => wanted.includes(name))
  const expected = wanted.filter((name) => names.includes(name))
  if (order.join() !== expected.join() && out.length < MAX_DIFFERENCES)
    out.push({ at, shown: order, derived: expected })
}

/** What each thing of a list is called; undefined where they have no names, or not each its own. */
function namesOf(list: readonly unknown[]): (string | number)[] | undefined {
  const names = list.flatMap((item) => {
    const name = isObject(item) ? (own(item, 'id') ?? own(item, 'index')) : undefined
    return typeof name === 'string' || typeof name === 'number' ? [name] : []
  })
  return names.length === list.length && new Set(names).size === names.length ? names : undefined
}

/**
 * What stays different whatever time of a few the derived answer is judged at: a hub's clock may differ from ours, and it
 * keeps an answer for a while. A count between those of two times is one of a time between them.
 * @param lists differences of one shown answer, one list for each time; the first is the one that is told
 */
export function lasting(lists: readonly Difference[][]): Difference[] {
  const [first = [], ...others] = lists
  return first.filter(({ at, shown, derived }) => {
    const there = others.map((list) => list.find((other) => other.at === at))
    if (there.some((other) => other === undefined)) return false
    const values = [derived, ...there.map((other) => other?.derived)].filter(
      (value) => typeof value === 'number',
    )
    if (typeof shown !== 'number' || values.length < 2) return true
    return shown < Math.min(...values) || shown > Math.max(...values)
  })
}

/** A value as a finding repeats it. */
export function shorten(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = toText(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

function toText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    // Nested deeper than the stack is: a hub may send that.
    if (error instanceof RangeError) return 'something nested too deeply'
    throw error
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The tokens of a pointer. */
export function pointerTokens(at: string): string[] {
  return at
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}
