/** What a column of a spreadsheet can mean: the field names a mapping file may use (DESIGN 5, "The record"). */

/** How the cells of a `fact.` column are read. */
export const FACT_TYPES = ['text', 'integer', 'number', 'boolean', 'date'] as const
export type FactType = (typeof FACT_TYPES)[number]

export const CONTACT_KINDS = ['email', 'phone', 'web', 'address'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

const PLAIN_FIELDS = [
  'ignore',
  'certificate',
  'level',
  'country',
  'holder.kind',
  'holder.languages',
  'holder.sector',
  'holder.shipsTo',
  'presence.url',
  'presence.scope',
  'presence.confirmedAt',
  'validFrom',
  'validUntil',
] as const

/** A parsed field name. `type` of a fact is undefined when the member's definition is to say it. */
export type Field =
  | { name: (typeof PLAIN_FIELDS)[number] }
  | { name: 'holder.name'; lang: string | undefined }
  | { name: 'holder.contact'; kind: ContactKind }
  | { name: 'identifier'; scheme: string }
  | { name: 'fact'; fact: string; type: FactType | undefined }
  | { name: 'evidence'; kind: string }

/** Every field name with what it means, in the order in which help and templates list them. */
export const FIELD_HELP: readonly (readonly [field: string, meaning: string])[] = [
  [
    'certificate',
    "the member's own certificate number: Latin letters, digits and . _ - (never a citizen's number)",
  ],
  ['level', 'mark and level by their ids, such as verified/gold'],
  ['holder.kind', 'natural or juristic'],
  ['holder.name', "the holder's name in the language of the mapping; holder.name.en for another language"],
  [
    'identifier.<scheme>',
    'a number in a public register, such as identifier.th-juristic; empty for natural persons',
  ],
  ['country', "the holder's country as ISO code, such as TH"],
  ['holder.contact.<kind>', 'email, phone, web or address'],
  ['holder.languages', 'languages the holder answers in, such as th, en'],
  ['holder.sector', 'what the holder sells'],
  ['holder.shipsTo', 'countries it ships to, such as TH, VN'],
  ['presence.url', 'web address or shop page; several in one cell stand on lines of their own'],
  ['presence.scope', 'host (that host only) or domain (its subdomains too); without it: host'],
  ['presence.confirmedAt', 'the day on which it was last seen that the holder runs it'],
  ['validFrom', 'first day of the certificate'],
  ['validUntil', 'last day of the certificate; without it: validFrom plus the validity of the level'],
  [
    'fact.<name>',
    'what the level requires, such as fact.registeredYears; fact.<name>:<type> for facts of your own',
  ],
  ['evidence.<kind>', 'https address of a public document, such as evidence.certificate'],
  ['ignore', "not published; scanned for citizens' numbers all the same"],
]

/** Fields that several columns may share, as a holder can have several of them. */
export function mayRepeat(field: Field): boolean {
  return ['ignore', 'holder.contact', 'presence.url', 'evidence'].includes(field.name)
}

/** Fields whose cells are dates, so that the mapping must say how dates are written. */
export function isDateField(field: Field): boolean {
  return (
    ['presence.confirmedAt', 'validFrom', 'validUntil'].includes(field.name) ||
    (field.name === 'fact' && field.type === 'date')
  )
}

/** Reads a field name of a mapping file; undefined when there is no such field. */
export function parseField(text: string): Field | undefined {
  const plain = PLAIN_FIELDS.find((name) => name === text)
  if (plain) return { name: plain }
  const name = /^holder\.name(?:\.([a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?))?$/.exec(text)
  if (name) return { name: 'holder.name', lang: name[1] }
  const contact = CONTACT_KINDS.find((kind) => text === `holder.contact.${kind}`)
  if (contact) return { name: 'holder.contact', kind: contact }
  const identifier = /^identifier\.([a-z][a-z0-9-]{1,30})$/.exec(text)?.[1]
  if (identifier) return { name: 'identifier', scheme: identifier }
  const evidence = /^evidence\.([a-z][a-z0-9-]{0,59})$/.exec(text)?.[1]
  if (evidence) return { name: 'evidence', kind: evidence }
  const [, fact, type] = /^fact\.([a-zA-Z][a-zA-Z0-9]{0,39})(?::([a-z]+))?$/.exec(text) ?? []
  const factType = FACT_TYPES.find((known) => known === type)
  if (fact && (type === undefined || factType)) return { name: 'fact', fact, type: factType }
  return undefined
}

/** The part of a field name that tells two columns apart: two columns with one key contradict unless they may repeat. */
export function formatField(field: Field, language: string): string {
  if (field.name === 'holder.name') return `holder.name.${field.lang ?? language}`
  if (field.name === 'holder.contact') return `holder.contact.${field.kind}`
  if (field.name === 'identifier') return `identifier.${field.scheme}`
  if (field.name === 'fact') return `fact.${field.fact}`
  if (field.name === 'evidence') return `evidence.${field.kind}`
  return field.name
}
