/** The directory of certified shops on the wire: what can be asked, and an answer's entries (DESIGN 5, `GET /v1/search`). */
import * as z from 'zod'
import { MARK_KINDS, memberId, presenceKind } from '../alliance/definition.js'
import { PRINCIPLES, principleCoverage } from '../alliance/principles.js'
import { countryCode, languageTag } from '../alliance/text.js'
import { recordId } from './record.js'
import { asOf, VERDICTS, verdictRecord, warning } from './verdict.js'

/** Longest name that is searched for: names of companies are shorter, and every further letter is work. */
export const MAX_SEARCH_TEXT = 100
/** Entries of one page when nobody says otherwise, and at most. */
export const DIRECTORY_PAGE = 20
export const MAX_DIRECTORY_PAGE = 100
/** Matches are counted up to here: beyond it nobody pages, and counting a million takes longer than finding twenty. */
export const MAX_COUNTED = 1000

const slugPath = (parts: number): z.ZodString =>
  z.string().regex(new RegExp(`^[a-z]{2}-[a-z0-9]{2,20}(/[a-z0-9][a-z0-9-]{0,30}){${parts}}$`))

/** Filters narrow together. */
export const directoryQuery = z.strictObject({
  /** Part of a shop's or its holder's name, or of its address, in any script. */
  q: z.string().max(MAX_SEARCH_TEXT).optional(),
  /** Of the holder. */
  country: countryCode.optional(),
  member: memberId.optional(),
  /** `member/mark`. */
  mark: slugPath(1).optional(),
  /** `member/mark/level`. */
  level: slugPath(2).optional(),
  kind: z.enum(MARK_KINDS).optional(),
  /** Covered in full. */
  principle: z.enum(PRINCIPLES).optional(),
  /** Spoken by the shop. */
  language: languageTag.optional(),
  shipsTo: countryCode.optional(),
  /** Part of what the shop says it sells, in any script. */
  sector: z.string().max(MAX_SEARCH_TEXT).optional(),
  platform: presenceKind.optional(),
  /** The `next` of the page before. */
  after: z.string().max(40).optional(),
  limit: z.int().min(1).max(MAX_DIRECTORY_PAGE).optional(),
})
export type DirectoryQuery = z.infer<typeof directoryQuery>

/** One record in force. */
export const directoryEntry = z.strictObject({
  id: recordId,
  /** Always one of those that say a mark is in force. */
  verdict: z.enum(VERDICTS),
  member: verdictRecord.shape.member,
  mark: verdictRecord.shape.mark,
  holder: verdictRecord.shape.holder,
  presences: verdictRecord.shape.presences,
  validity: verdictRecord.shape.validity,
  principles: principleCoverage,
  /** What a look-up of one of its presences warns of: a higher mark for it that is suspended or was lost lately. */
  warnings: z.array(warning),
  /** Log index of the record's statement. */
  index: z.int(),
  /** Its page. */
  page: z.string(),
})
export type DirectoryEntry = z.infer<typeof directoryEntry>

/** Newest certificates first. */
export const directoryPage = z.strictObject({
  results: z.array(directoryEntry),
  /** Exact up to MAX_COUNTED; `more` where there are more than that, or may be: so many lapsed that counting stopped. */
  found: z.strictObject({ count: z.int().min(0), more: z.boolean() }),
  /** For `after`; null on the last page. A page among very many lapsed records may be short, or empty, and have one. */
  next: z.string().nullable(),
  asOf: asOf.pick({ size: true, at: true, checkpoint: true }),
  demo: z.literal(true).optional(),
})
export type DirectoryPage = z.infer<typeof directoryPage>
