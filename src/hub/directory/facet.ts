/** Terms of the directory for what shops are filtered by: exact, each of one kind, and none that a name could contain. */

export type Facet =
  | 'country'
  | 'member'
  | 'mark'
  | 'level'
  | 'principle'
  | 'language'
  | 'shipsTo'
  | 'platform'

/** @param value of letters, digits, `-` and `/` only, as the schema of records has it */
export function facet(name: Facet, value: string): string {
  return `${name}:${value}`.toLowerCase()
}
