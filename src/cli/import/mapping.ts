/**
 * The mapping file of `trustmark import`: a small JSON file that says what each column of an agency's
 * spreadsheet means (DESIGN 5, "Command line"). Nothing about a file is guessed that this file can say.
 *
 * @example shops.mapping.json
 * ```json
 * {
 *   "about": "DBD Verified, list of the e-commerce division",
 *   "encoding": "windows-874",
 *   "delimiter": ";",
 *   "headerRow": 1,
 *   "language": "th",
 *   "dates": { "calendar": "buddhist", "order": "dmy" },
 *   "defaults": { "country": "TH", "holder.languages": "th, en" },
 *   "columns": {
 *     "เลขที่ใบรับรอง": "certificate",
 *     "ระดับ": "level",
 *     "ประเภท": "holder.kind",
 *     "ชื่อ": "holder.name",
 *     "ชื่ออังกฤษ": "holder.name.en",
 *     "เลขทะเบียน": "identifier.th-juristic",
 *     "เว็บไซต์": "presence.url",
 *     "โทรศัพท์": "holder.contact.phone",
 *     "วันอนุมัติ": "validFrom",
 *     "จำนวนปีที่จดทะเบียน": "fact.registeredYears:integer",
 *     "หมายเหตุ": "ignore"
 *   },
 *   "values": {
 *     "ระดับ": { "ดี": "verified/silver", "ดีมาก": "verified/gold" },
 *     "ประเภท": { "บุคคลธรรมดา": "natural", "นิติบุคคล": "juristic" }
 *   }
 * }
 * ```
 * - `about`, `encoding`, `delimiter`, `headerRow`, `defaults`, `values` may be left out; `dates` too when no
 *   column is a date. Every column of the file must stand in `columns`: what is not published is `"ignore"`.
 * - `columns` maps the header text to a field; {@link FIELD_HELP} lists the fields. Contacts, presences,
 *   evidence and ignored columns may repeat, other fields stand once.
 * - `fact.<name>` takes its type from the member's definition; a fact that the definition does not know is
 *   written `fact.<name>:<type>` with text, integer, number, boolean (yes/no/true/false) or date.
 * - `defaults` fill a field that has no column, or whose cells are empty: the fields of {@link DEFAULT_FIELDS} and
 *   facts (`"fact.passedStandard": "yes"`). They hold for every record, so state only what is true of all. Dates in
 *   it are YYYY-MM-DD.
 * - `values` translates cell texts of a column; then only those texts (or their translations) are accepted.
 *   A text that means "nothing stated" is translated to "".
 * - `dates.calendar`: gregory (2024), buddhist (2567) or japanese (令和6年, R6.3.15, 2024年); `dates.order`:
 *   dmy, mdy or ymd.
 */
import * as z from 'zod'
import { languageTag } from '../../alliance/text.js'
import { type Field, formatField, isDateField, mayRepeat, parseField } from './fields.js'
import { ImportError } from './import-error.js'

/** Encodings that can be named; UTF-8 and UTF-16 with a byte order mark are recognised without being named. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'windows-874',
  'shift_jis',
  'windows-1258',
  'windows-1252',
] as const
export type Encoding = (typeof ENCODINGS)[number]

export const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export const CALENDARS = ['gregory', 'buddhist', 'japanese'] as const
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const

/** How the dates of a file are written. */
export const dateStyle = z.strictObject({ calendar: z.enum(CALENDARS), order: z.enum(DATE_ORDERS) })
export type DateStyle = z.infer<typeof dateStyle>

/** Most columns of a file; a wider one is a database dump whose columns nobody looked at. */
export const MAX_COLUMNS = 200
/** Titles and notes above the header fit in here; a larger number is a mistake. */
const MAX_HEADER_ROW = 50

const cellText = z.string().min(1).max(300)

/** The fields, beside facts, that may have one value for all rows. */
export const DEFAULT_FIELDS = [
  'country',
  'level',
  'holder.kind',
  'holder.languages',
  'holder.sector',
  'holder.shipsTo',
  'presence.scope',
  'presence.confirmedAt',
  'validFrom',
  'validUntil',
] as const

/** The file as it stands. Fields, repeats and dates are checked by {@link parseMapping}. */
export const mappingFile = z.strictObject({
  $schema: z.string().optional(),
  about: z.union([z.string(), z.array(z.string())]).optional(),
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  headerRow: z.int().min(1).max(MAX_HEADER_ROW).optional(),
  language: languageTag,
  dates: dateStyle.optional(),
  defaults: z.record(z.string(), z.string().min(1).max(300)).optional(),
  columns: z.record(cellText, z.string()),
  values: z.record(cellText, z.record(cellText, z.string().max(300))).optional(),
})
export type MappingFile = z.infer<typeof mappingFile>

/** A column as the mapping describes it; `values` is undefined when its cells are read as they stand. */
export interface ColumnMapping {
  header: string
  field: Field
  values: ReadonlyMap<string, string> | undefined
}

/** A value for all rows; `name` is its key under "defaults". */
export interface DefaultValue {
  name: string
  field: Field
  text: string
}

/** A checked mapping, ready to be used. */
export interface Mapping {
  encoding: Encoding | undefined
  delimiter: Delimiter | undefined
  headerRow: number
  language: string
  dates: DateStyle | undefined
  defaults: DefaultValue[]
  columns: ColumnMapping[]
}

/**
 * One form for texts that are compared: NFC, inner white space (also line breaks, no-break and full-width
 * spaces, which spreadsheets put into headers) as one space, none at the ends.
 */
export function normaliseText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Reads a mapping file.
 * @param text the JSON text
 * @throws {ImportError} `bad-mapping`, with every fault found
 */
export function parseMapping(text: string): Mapping {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ImportError('bad-mapping', `The mapping file is not JSON: ${reason}`)
  }
  const file = mappingFile.safeParse(json)
  if (!file.success) {
    const faults = file.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`)
    throw new ImportError('bad-mapping', 'The mapping file has faults:', faults)
  }
  return checkMapping(file.data)
}

/**
 * Checks what the schema can't say: fields exist, no field stands twice, `values` belong to a column, dates
 * have a calendar, and what every record needs is mapped or has a default.
 * @throws {ImportError} `bad-mapping`, with every fault found
 */
export function checkMapping(file: MappingFile): Mapping {
  const faults: string[] = []
  const columns: ColumnMapping[] = []
  const values = new Map<string, ReadonlyMap<string, string>>()
  for (const [header, translations] of Object.entries(file.values ?? {}))
    values.set(
      normaliseText(header),
      new Map(Object.entries(translations).map(([cell, value]) => [normaliseText(cell), value])),
    )

  for (const [rawHeader, fieldName] of Object.entries(file.columns)) {
    const header = normaliseText(rawHeader)
    const field = parseField(fieldName)
    if (columns.some((column) => column.header === header)) faults.push(`column "${header}" stands twice`)
    else if (!field)
      faults.push(`column "${header}": there is no field "${fieldName}"; see the list of fields`)
    else columns.push({ header, field, values: values.get(header) })
  }
  for (const header of values.keys())
    if (!columns.some((column) => column.header === header))
      faults.push(`values."${header}" belongs to no column of "columns"`)

  const keys = columns.filter((c) => !mayRepeat(c.field)).map((c) => formatField(c.field, file.language))
  for (const key of new Set(keys.filter((key, i) => keys.indexOf(key) !== i)))
    faults.push(`the field "${key}" is given by more than one column`)

  const defaults = checkDefaults(file, faults)
  const given = new Set<string>(columns.map((column) => column.field.name))
  for (const field of ['certificate', 'holder.name', 'presence.url'])
    if (!given.has(field)) faults.push(`no column is mapped to "${field}", which every record needs`)
  for (const { field } of defaults) given.add(field.name)
  for (const field of ['level', 'holder.kind', 'country'])
    if (!given.has(field)) faults.push(`"${field}" needs a column or a value in "defaults"`)
  if (!given.has('validFrom') && !given.has('validUntil'))
    faults.push('"validUntil" or "validFrom" needs a column: a record without an end is not published')
  if (!file.dates && columns.some((column) => isDateField(column.field)))
    faults.push('there are date columns, so "dates" must name their calendar and order')

  if (faults.length > 0) throw new ImportError('bad-mapping', 'The mapping file has faults:', faults)
  return {
    encoding: file.encoding,
    delimiter: file.delimiter,
    headerRow: file.headerRow ?? 1,
    language: file.language,
    dates: file.dates,
    defaults,
    columns,
  }
}

function checkDefaults(file: MappingFile, faults: string[]): DefaultValue[] {
  return Object.entries(file.defaults ?? {}).flatMap(([name, text]) => {
    const field = parseField(name)
    const allowed = field?.name === 'fact' || DEFAULT_FIELDS.some((known) => known === field?.name)
    if (!field || !allowed) {
      faults.push(`defaults."${name}": only ${DEFAULT_FIELDS.join(', ')} and facts can have a default`)
      return []
    }
    if (isDateField(field) && !z.iso.date().safeParse(text).success)
      faults.push(`defaults."${name}" is "${text}": dates in the mapping are written YYYY-MM-DD`)
    return [{ name, field, text }]
  })
}
