/**
 * A member's definition: who it is, which marks it awards under which rules, how they map onto the five
 * principles, and for which complaints it is competent. `members/<id>/member.json` is the source file; an
 * admission carries it into the log (DESIGN 4.7, 4.8).
 */
import * as z from 'zod'
import { coverage, MONITORING, PRINCIPLES } from './principles.js'
import { FACT_NAME } from './requirement-schema.js'
import { countryCode, languageTag, localText, webAddress } from './text.js'

/** A member id: country first, so that it sorts and reads by country (`th-dbd`). */
export const memberId = z.string().regex(/^[a-z]{2}-[a-z0-9]{2,20}$/, 'a member id such as th-dbd')

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'lower-case letters, digits and hyphens')
const isoDate = z.iso.date()
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of every year, MM-DD')
/** As exact as the source: a year, a month or a day. */
const partialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a year, month or day')
/** Years, months, weeks or days; enough for every validity and clock of a scheme. */
export const isoPeriod = z.string().regex(/^P\d{1,3}[YMWD]$/, 'an ISO 8601 period such as P1Y or P45D')

/** Key of an entry in the definition's `sources`. */
const sourceKey = z.string().regex(/^[A-Za-z0-9-]{1,24}$/)

/** A name that a fact of a record can have. */
const factName = z.string().regex(FACT_NAME, 'a name of a fact such as yearsRegistered')

/** A stated fact with where it stands. */
const statedPeriod = z.strictObject({ period: isoPeriod, source: sourceKey, note: localText.optional() })

/** In force from (inclusive) and until (exclusive); an absent bound is open. */
const inForce = { validFrom: isoDate.optional(), validUntil: isoDate.optional() }

export const HOLDER_KINDS = ['natural', 'juristic'] as const
export type HolderKind = (typeof HOLDER_KINDS)[number]

/**
 * From that day (inclusive) on, no source says how the rule is applied: it stands as written, and nobody is advised by it.
 */
export const unsettled = z.strictObject({
  since: isoDate,
  /** To whom; absent: to everybody. */
  holderKind: z.enum(HOLDER_KINDS).optional(),
  /** Where the change stands that raised the doubt. */
  source: sourceKey,
  /** What is not known, where the rule's own text doesn't say it. */
  text: localText.optional(),
})
export type Unsettled = z.infer<typeof unsettled>

/**
 * A rule of a level over `{holderKind, ...facts}` of a record, as a JSON Schema (2020-12) in the keywords of
 * REQUIREMENT_KEYWORDS; the text says the same to people.
 */
export const requirement = z.strictObject({
  id: slug,
  text: localText,
  schema: z.record(z.string(), z.json()),
  /** What a record states under the name of a fact, such as a count, where `text` is no heading for it. */
  facts: z.record(factName, localText).optional(),
  source: sourceKey,
  ...inForce,
  unsettled: unsettled.optional(),
})
export type Requirement = z.infer<typeof requirement>

/** Another mark of the same member, for the same holder, that must be in force. */
export const presupposition = z.strictObject({
  mark: slug,
  level: slug.optional(),
  text: localText,
  source: sourceKey,
  ...inForce,
})
export type Presupposition = z.infer<typeof presupposition>

export const PRESENCE_KINDS = ['web', 'line', 'facebook', 'shopee', 'lazada', 'tiktok', 'instagram'] as const
export const presenceKind = z.enum(PRESENCE_KINDS)
export type PresenceKind = z.infer<typeof presenceKind>

export const level = z.strictObject({
  id: slug,
  name: localText,
  /** Rises with what is asked; levels of one mark are compared by it, marks never are. */
  rank: z.int().min(1).max(9),
  presenceKinds: z.array(presenceKind).min(1),
  /** `null`: not stated in any source read, so any validity is accepted. */
  validity: statedPeriod.nullable(),
  requirements: z.array(requirement),
  presupposes: z.array(presupposition),
})
export type Level = z.infer<typeof level>

/** The scheme's own requirement, mapped to a principle (or to monitoring). */
export const criterion = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]{1,40}$/),
  name: localText,
  principle: z.enum([...PRINCIPLES, MONITORING]),
  coverage: coverage.exclude(['none']),
  /**
   * Items of the WTA Code of Conduct (ids of CODE_ITEMS) that the source names; absent: it states the area as a
   * whole and no item.
   */
  items: z
    .array(z.string().regex(/^\d(\.\d){1,2}$/, 'an item of the WTA Code of Conduct such as 2.1'))
    .min(1)
    .optional(),
  source: sourceKey,
})
export type Criterion = z.infer<typeof criterion>

export const MARK_KINDS = ['quality', 'identity', 'registration'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

/** `unconfirmed`: the legal basis changed or activity could not be confirmed; look-ups warn. */
export const SCHEME_STATES = ['active', 'unconfirmed', 'ended'] as const

export const mark = z.strictObject({
  id: slug,
  name: localText,
  kind: z.enum(MARK_KINDS),
  says: localText,
  /** Where `says` stands. */
  source: sourceKey.optional(),
  /** `asOf`: the day on which it was last judged; `note` says how old the evidence is. `since`: when it changed. */
  status: z.strictObject({
    state: z.enum(SCHEME_STATES),
    asOf: isoDate,
    since: isoDate.optional(),
    note: localText.optional(),
    source: sourceKey,
  }),
  criteriaVersion: z.string().regex(/^[a-z0-9.-]{1,40}$/),
  criteria: z.array(criterion),
  levels: z.array(level).min(1),
  /** `business`: the period counts working days. */
  processingTime: statedPeriod.extend({ business: z.literal(true).optional() }).nullable(),
  applyAt: webAddress.nullable(),
})
export type Mark = z.infer<typeof mark>

/**
 * `trade`: whoever trades in the way that the text describes. `natural`, `juristic`: every holder of that kind.
 * `registrant`: whoever must register, on how and when.
 */
export const DUTY_SCOPES = ['trade', ...HOLDER_KINDS, 'registrant'] as const
export type DutyScope = (typeof DUTY_SCOPES)[number]

/** Who must, and who need not, register or ask for a mark; past rules stay as history. */
export const duty = z.strictObject({
  id: slug,
  must: z.boolean(),
  /** Whom it speaks of; absent: it is shown as it stands and decides nothing. */
  scope: z.enum(DUTY_SCOPES).optional(),
  text: localText,
  source: sourceKey,
  ...inForce,
  unsettled: unsettled.optional(),
})
export type Duty = z.infer<typeof duty>

/**
 * Complaints by where the two sides are, seen from the member's country; `own-mark` is one about a holder of its
 * own mark, wherever the consumer lives.
 */
export const COMPETENCES = [
  'domestic',
  'consumer-here-trader-abroad',
  'consumer-abroad-trader-here',
  'own-mark',
] as const
export const competence = z.enum(COMPETENCES)
export type Competence = (typeof COMPETENCES)[number]

/** What complaints the member takes: the facts from which routing rules are made. */
export const complaintCompetence = z.strictObject({
  takes: z.array(competence).min(1),
  /**
   * Where each of `takes` comes from. `stated`: a source says so. `unrestricted`: a source names the body for
   * consumers and sets no such limit; nobody has confirmed it.
   */
  basis: z
    .array(
      z.strictObject({
        takes: competence,
        extent: z.enum(['stated', 'unrestricted']),
        /** The other side's countries for which the source says so; absent: the source names none. */
        countries: z.array(countryCode).min(1).optional(),
        /** `partner`: consumers do not come directly, the body of their own country brings the complaint. */
        through: z.literal('partner').optional(),
        text: localText,
        source: sourceKey,
      }),
    )
    .optional(),
  /** Languages in which a complaint can be made; empty: not stated, so the member's own languages are the guess. */
  languages: z.array(languageTag),
  channels: z.array(
    z.strictObject({
      kind: z.enum(['phone', 'web', 'email', 'post']),
      value: z.string().min(1).max(300),
      source: sourceKey,
    }),
  ),
  refuses: z.array(z.strictObject({ id: slug, text: localText, source: sourceKey })),
  deadlines: z.array(
    z.strictObject({
      id: slug,
      period: isoPeriod,
      business: z.boolean(),
      text: localText,
      source: sourceKey,
    }),
  ),
  /** Bodies abroad with which the member exchanges complaints; an absent country is one that no source names. */
  partners: z
    .array(
      z.strictObject({
        name: localText,
        countries: z.array(countryCode),
        since: partialDate.optional(),
        source: sourceKey,
      }),
    )
    .optional(),
  note: localText.optional(),
})

/** Weekly days off as ISO weekdays; public holidays stay unknown (`null`) until the member states them. */
export const calendar = z.strictObject({
  timeZone: z.string().regex(/^[A-Z][A-Za-z]+\/[A-Za-z_]+$/, 'an IANA time zone such as Asia/Bangkok'),
  weekend: z.array(z.int().min(1).max(7)),
  holidays: z.array(isoDate).nullable(),
  /** Closed every year from and until these days (MM-DD, both closed; may run over the year's end). */
  closures: z.array(z.strictObject({ from: monthDay, until: monthDay, source: sourceKey })).optional(),
})

export const source = z.strictObject({
  title: z.string().min(1).max(300),
  url: webAddress.nullable(),
  /** Date of the document where it bears one. */
  dated: partialDate.nullable(),
  /** Date on which it was read for this definition. */
  read: isoDate,
  /** How far it can be relied on: read whole, in part, or second-hand. */
  extent: z.enum(['whole', 'part', 'second-hand']),
})

/** The whole definition. Cross-references (sources, presupposed marks) are checked by `definitionFaults`. */
export const memberDefinition = z.strictObject({
  $schema: z.string().optional(),
  id: memberId,
  country: countryCode,
  name: localText,
  shortName: localText,
  roles: z.array(z.enum(['issuer', 'disputes'])).min(1),
  website: webAddress.nullable(),
  /** Those of the pages read. */
  languages: z.array(languageTag).min(1),
  calendar,
  /** How often the member promises to publish its register; `null`: not stated, so silence raises no warning. */
  publishes: isoPeriod.nullable(),
  marks: z.array(mark),
  duties: z.array(duty),
  complaints: complaintCompetence.nullable(),
  sources: z.record(sourceKey, source),
  /** What no source read says, so that a gap is not taken for a no. */
  unknown: z.array(localText),
})
export type MemberDefinition = z.infer<typeof memberDefinition>

/** Finds a mark and level by ids; undefined when the definition has none such. */
export function findLevel(
  definition: MemberDefinition,
  markId: string,
  levelId: string,
): { mark: Mark; level: Level } | undefined {
  const foundMark = definition.marks.find((m) => m.id === markId)
  const foundLevel = foundMark?.levels.find((l) => l.id === levelId)
  return foundMark && foundLevel ? { mark: foundMark, level: foundLevel } : undefined
}
