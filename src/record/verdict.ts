/** The verdict: the hub's answer to a look-up, in its wire form (DESIGN 5). */
import * as z from 'zod'
import { MARK_KINDS, memberId } from '../alliance/definition.js'
import { coverage } from '../alliance/principles.js'
import { countryCode, languageTag, localText } from '../alliance/text.js'
import { holder, recordId, recordPresence } from './record.js'

/** In order of precedence for the headline: the first that any matching record has is the answer's. */
export const VERDICTS = [
  'certified',
  'identity-confirmed',
  'registered',
  'suspended',
  'issuer-suspended',
  'issuer-left',
  'key-compromised',
  'revoked',
  'expired',
  'not-yet-valid',
  'unresolvable-link',
  'not-found',
] as const
export type VerdictWord = (typeof VERDICTS)[number]

/** The verdicts that say a mark is in force. */
export const POSITIVE_VERDICTS: readonly VerdictWord[] = ['certified', 'identity-confirmed', 'registered']

export const WARNINGS = [
  'higher-mark-lapsed',
  'higher-mark-suspended',
  'lookalike',
  'name-inside',
  'mixed-script',
  'member-stale',
  'scheme-status-unconfirmed',
  'handle-may-change-hands',
  'presence-not-covered',
] as const
export type WarningCode = (typeof WARNINGS)[number]

const isoTime = z.iso.datetime()

const criterionView = z.strictObject({ id: z.string(), name: localText, coverage })

/** What one principle is covered by: the coverage the record claims, and the scheme's own requirements behind it. */
const principleView = z.strictObject({ coverage, criteria: z.array(criterionView) })

export const verdictRecord = z.strictObject({
  verdict: z.enum(VERDICTS),
  id: recordId,
  member: z.strictObject({ id: memberId, name: localText, country: countryCode, entity: z.string() }),
  mark: z.strictObject({
    id: z.string(),
    name: localText,
    kind: z.enum(MARK_KINDS),
    says: localText,
    level: z.string(),
    levelName: localText,
    type: z.string(),
  }),
  holder,
  presences: z.array(recordPresence),
  /** The presence that matched the question; absent when the question was not about a presence. */
  matched: recordPresence.optional(),
  validity: z.strictObject({ from: isoTime, until: isoTime }),
  status: z
    .strictObject({
      change: z.enum(['suspended', 'revoked', 'reinstated']),
      reason: localText,
      effective: isoTime,
      index: z.int(),
      statement: z.string(),
    })
    .optional(),
  principles: z.strictObject({
    disclosure: principleView,
    communication: principleView,
    privacy: principleView,
    security: principleView,
    redress: principleView,
  }),
  monitoring: z.array(criterionView),
  criteriaVersion: z.string(),
  /** The member was admitted with this mark at that log index: what the alliance's recognition rests on. */
  recognition: z.strictObject({
    alliance: z.boolean(),
    index: z.int(),
    definitionSigned: z.boolean(),
    for: countryCode.optional(),
    bodies: z.array(memberId),
  }),
  /** Log index of the record's statement. */
  index: z.int(),
  /** The signed record itself. */
  statement: z.string(),
})
export type VerdictRecord = z.infer<typeof verdictRecord>

export const complaintBody = z.strictObject({
  member: memberId,
  name: localText,
  country: countryCode,
  /** Whose body it is: of the asker's country, of the merchant's, or the mark's own issuer. */
  relation: z.enum(['your-country', 'merchant-country', 'issuer']),
  languages: z.array(languageTag),
  channels: z.array(z.strictObject({ kind: z.enum(['phone', 'web', 'email', 'post']), value: z.string() })),
})
export type ComplaintBody = z.infer<typeof complaintBody>

export const warning = z.strictObject({
  code: z.enum(WARNINGS),
  detail: localText,
  record: recordId.optional(),
  member: memberId.optional(),
  /** Of `presence-not-covered`: canonical URL of the neighbouring address that the record does cover. */
  url: z.string().optional(),
})
export type Warning = z.infer<typeof warning>

export const restored = z.strictObject({
  at: isoTime,
  size: z.int().min(0),
  previous: z.strictObject({ origin: z.string(), vkey: z.string() }),
})

export const asOf = z.strictObject({
  /** Log size: the answer rests on entries 0 … size-1. */
  size: z.int().min(0),
  at: isoTime,
  /** The signed note over that size; null from a copy in the middle of a sync, whose answer can't be proven yet. */
  checkpoint: z.string().nullable(),
  /** Each member whose records are in the answer: its last signed register, `null` when it never published one. */
  members: z.record(
    memberId,
    z
      .strictObject({
        at: isoTime,
        count: z.int(),
        index: z.int(),
        /** Whether the log had as many in force; null where a record was erased since, so that nobody can count again. */
        agrees: z.boolean().nullable(),
      })
      .nullable(),
  ),
  /** The log was started anew from a backup: what was logged after it under the earlier name is lost, unless sent again. */
  restored: restored.optional(),
})

/**
 * Why a certified shop's address resembles the one asked for: letters that look alike, one letter other than in it, the same name
 * under another suffix, its name within a longer one or on another platform. Nearest first.
 */
export const RESEMBLANCES = ['letters', 'typo', 'suffix', 'name-inside'] as const

/** Most similar shops of one answer: whoever has to choose among more has not compared the address. */
export const MAX_SIMILAR = 5

export const similar = z.strictObject({
  record: recordId,
  /** Always one of those that say a mark is in force. */
  verdict: z.enum(VERDICTS),
  /** Of the certified presence. */
  url: z.string(),
  holder: localText,
  mark: localText,
  resemblance: z.enum(RESEMBLANCES),
})
export type Similar = z.infer<typeof similar>

export const verdictQuery = z.strictObject({
  url: z.string().optional(),
  record: z.string().optional(),
  identifier: z.string().optional(),
  for: countryCode.optional(),
})
export type VerdictQuery = z.infer<typeof verdictQuery>

export const verdict = z.strictObject({
  verdict: z.enum(VERDICTS),
  query: verdictQuery.extend({
    /** How the question was understood: the canonical keys that were looked up. */
    keys: z.array(z.string()),
    display: z.string(),
  }),
  records: z.array(verdictRecord),
  warnings: z.array(warning),
  complaints: z.array(complaintBody),
  /** For `not-found`: which schemes were searched, and whether the merchant's country publishes here at all. */
  searched: z
    .strictObject({
      schemes: z.array(z.strictObject({ member: memberId, mark: z.string(), name: localText })),
      country: z.strictObject({ code: countryCode, publishes: z.boolean() }).optional(),
    })
    .optional(),
  /** Certified shops whose address resembles the one asked for, nearest first; only where no mark in force covers that one. */
  similar: z.array(similar).max(MAX_SIMILAR).optional(),
  /** For `unresolvable-link`, and for `not-found` where a number is mistyped: what to do instead. */
  advice: localText.optional(),
  asOf,
  /** Present and true on a demo: the named agencies take no part in it. */
  demo: z.literal(true).optional(),
})
export type Verdict = z.infer<typeof verdict>
