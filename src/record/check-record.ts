/** Every rule about a record that needs nothing but the record and its member's definition (DESIGN 4.4, 4.8, 5). */
import { findLevel, type Level, type Mark, type MemberDefinition } from '../alliance/definition.js'
import { longestValidity, requirementFaults } from '../alliance/members.js'
import { coverageOf, PRINCIPLES } from '../alliance/principles.js'
import { Refusal } from '../refusal.js'
import { IdentifierError, parseIdentifier } from './identifier.js'
import { findPersonalNumber } from './personal-number.js'
import { PresenceError, parsePresence, registrableDomain } from './presence.js'
import {
  certificateOf,
  memberOf,
  parseMarkType,
  type RecordClaims,
  type RecordPresence,
  recordClaims,
} from './record.js'

export interface RecordContext {
  origin: string
  member: string
  definition: MemberDefinition
  /** Whether the member itself signed the definition: only then are second-hand rules held against it. */
  definitionSigned: boolean
}

/** What is known after a record passed: its mark and level, and what to tell its issuer. */
export interface CheckedRecord {
  mark: Mark
  level: Level
  /** Rules of an unsigned definition that the record fails: reported, not enforced. */
  warnings: Refusal[]
}

const KNOWN_CLAIMS = new Set(Object.keys(recordClaims.shape))

/** @throws Refusal naming the rule, the value and the remedy */
export function checkRecord(claims: RecordClaims, context: RecordContext): CheckedRecord {
  const { mark, level } = findOwnType(claims, context)
  checkAwarded(mark, claims)
  checkPage(claims, context)
  checkDates(claims)
  claims.trustmark.presences.forEach((presence, i) => {
    checkPresence(presence, level, `trustmark.presences[${i}]`)
  })
  if (claims.sub !== claims.trustmark.presences[0]?.url) {
    throw new Refusal('subject-not-main-presence', {
      detail: 'sub must be the url of the first presence.',
      value: claims.sub,
      at: 'sub',
    })
  }
  checkConfirmed(claims)
  checkHolder(claims)
  const warnings: Refusal[] = []
  for (const refusal of schemeFaults(claims, mark, level, context)) {
    if (context.definitionSigned) throw refusal
    warnings.push(refusal)
  }
  return { mark, level, warnings }
}

/**
 * The mark and level of a record, if its issuer may issue them at all: what gives a signature its authority, whatever else
 * the record says.
 * @throws Refusal `type-not-permitted`, `id-not-own`
 */
export function findOwnType(
  claims: RecordClaims,
  { origin, member, definition }: RecordContext,
): { mark: Mark; level: Level } {
  const type = parseMarkType(origin, claims.trust_mark_type)
  const found = type?.member === member ? findLevel(definition, type.mark, type.level) : undefined
  if (!found) {
    const own = definition.marks.flatMap((m) =>
      m.levels.map((l) => `${origin}/marks/${member}/${m.id}/${l.id}`),
    )
    throw new Refusal('type-not-permitted', {
      detail: `${member} may issue ${own.length > 0 ? own.join(', ') : 'no mark'}.`,
      value: claims.trust_mark_type,
      at: 'trust_mark_type',
    })
  }
  const { id } = claims.trustmark
  if (memberOf(id) !== member) {
    throw new Refusal('id-not-own', {
      detail: `A record of ${member} has an id that begins with "${member}:".`,
      value: id,
      at: 'trustmark.id',
    })
  }
  return found
}

function checkAwarded(mark: Mark, claims: RecordClaims): void {
  if (mark.status.state === 'ended') {
    throw new Refusal('mark-ended', {
      detail: `The mark ${mark.id} has ended; nothing is issued under it any more.`,
      value: claims.trust_mark_type,
      at: 'trust_mark_type',
    })
  }
}

function checkPage(claims: RecordClaims, { origin }: RecordContext): void {
  const { id } = claims.trustmark
  if (claims.ref !== `${origin}/r/${id}`) {
    throw new Refusal('bad-claims', {
      detail: `ref must be the record's page, ${origin}/r/${id}.`,
      value: claims.ref,
      at: 'ref',
    })
  }
}

function checkDates(claims: RecordClaims): void {
  if (claims.exp <= claims.iat) {
    throw new Refusal('expired-before-issue', {
      detail: 'exp must lie after iat. Check the year: 2567 in the Buddhist era is 2024.',
      value: claims.exp,
      at: 'exp',
    })
  }
}

/** Nobody has seen a shop on a day to come; one day more, for the member's day may be ahead of UTC's. */
function checkConfirmed(claims: RecordClaims): void {
  const latest = new Date((claims.iat + 86_400) * 1000).toISOString().slice(0, 10)
  const i = claims.trustmark.presences.findIndex(({ confirmedAt }) => confirmedAt > latest)
  if (i === -1) return
  throw new Refusal('bad-claims', {
    detail: 'A presence was confirmed on or before the day the record is issued.',
    value: claims.trustmark.presences[i]?.confirmedAt,
    at: `trustmark.presences[${i}].confirmedAt`,
  })
}

function checkPresence(presence: RecordPresence, level: Level, at: string): void {
  if (!level.presenceKinds.includes(presence.kind)) {
    throw new Refusal('presence-kind-not-covered', {
      detail: `The level ${level.id} covers ${level.presenceKinds.join(', ')} only. Leave this presence out, or issue a mark that covers it.`,
      value: presence.kind,
      at: `${at}.kind`,
    })
  }
  const parsed = readPresence(presence.url, `${at}.url`)
  if (parsed.notes.includes('lookalike')) {
    throw new Refusal('presence-not-canonical', {
      detail:
        'The address begins like that of a platform but belongs to somebody else. No shop needs such a name.',
      value: presence.url,
      at: `${at}.url`,
    })
  }
  const missing = parsed.keys.find((key) => !presence.keys.includes(key))
  if (parsed.kind !== presence.kind || parsed.url !== presence.url || missing !== undefined) {
    throw new Refusal('presence-not-canonical', {
      detail: `The canonical form is kind "${parsed.kind}", url "${parsed.url}", keys ${parsed.keys.join(', ')}.`,
      value: presence.url,
      at,
    })
  }
  presence.keys.forEach((key, i) => {
    const other = readPresence(key, `${at}.keys[${i}]`)
    if (other.kind !== presence.kind || !other.keys.includes(key)) {
      throw new Refusal('presence-not-canonical', {
        detail: `The canonical form of this key is ${other.keys.join(', ')}.`,
        value: key,
        at: `${at}.keys[${i}]`,
      })
    }
    if (i > 0 && !isSameShop(presence.keys, i)) {
      throw new Refusal('presence-not-canonical', {
        detail:
          'Several keys name one shop only as its number and its name on the same site of a platform. Give each further shop a presence of its own.',
        value: key,
        at: `${at}.keys[${i}]`,
      })
    }
    // Several keys name one platform shop; for the web a second key would be a second site.
    if (presence.kind === 'web' && i > 0) {
      throw new Refusal('presence-not-canonical', {
        detail: 'A web presence has one key; give each further site a presence of its own.',
        value: key,
        at: `${at}.keys[${i}]`,
      })
    }
  })
  if (presence.scope === 'domain' && !canCoverDomain(presence)) {
    throw new Refusal('presence-not-canonical', {
      detail: 'Scope "domain" is for a web host at or below a registrable domain, on the usual port.',
      value: presence.url,
      at: `${at}.scope`,
    })
  }
}

/** A key's form is all but its last part (`shopee:th:shop`): one key of each form, and all on the first one's site. */
function isSameShop(keys: readonly string[], i: number): boolean {
  const form = (key: string) => key.slice(0, key.lastIndexOf(':'))
  const site = (key: string) => /^(?:shopee|lazada):[a-z]{2}/.exec(key)?.[0] ?? key.slice(0, key.indexOf(':'))
  const [first = '', key = ''] = [keys[0], keys[i]]
  return site(key) === site(first) && keys.slice(0, i).every((other) => form(other) !== form(key))
}

function canCoverDomain({ kind, url }: RecordPresence): boolean {
  const { hostname, port } = new URL(url)
  return kind === 'web' && port === '' && registrableDomain(hostname) !== undefined
}

function readPresence(text: string, at: string): ReturnType<typeof parsePresence> {
  try {
    return parsePresence(text)
  } catch (error) {
    if (error instanceof PresenceError)
      throw new Refusal('presence-not-canonical', { detail: error.message, value: text, at })
    throw error
  }
}

function checkHolder(claims: RecordClaims): void {
  const { holder, facts, id } = claims.trustmark
  if (holder.kind === 'natural' && holder.identifiers.length > 0) {
    throw new Refusal('personal-number', {
      detail: "A natural person's legal number is never published, not even hashed. Leave identifiers empty.",
      at: 'trustmark.holder.identifiers',
    })
  }
  holder.identifiers.forEach(({ scheme, value }, i) => {
    const at = `trustmark.holder.identifiers[${i}]`
    try {
      const canonical = parseIdentifier(scheme, value).value
      if (canonical !== value)
        throw new Refusal('bad-identifier', { detail: `Write it as ${canonical}.`, value, at })
    } catch (error) {
      if (!(error instanceof IdentifierError)) throw error
      if (error.code === 'personal-number')
        throw new Refusal('personal-number', { detail: error.message, at })
      // The value as the error repeats it: none where it could be a person's number, under whatever scheme it was given.
      throw new Refusal('bad-identifier', { detail: error.message, value: error.value, at })
    }
  })
  const texts: [string, string][] = [
    ['trustmark.id', certificateOf(id)],
    ...Object.entries(holder.name).map(([lang, name]): [string, string] => [
      `trustmark.holder.name.${lang}`,
      name,
    ]),
    ...holder.contact.map(({ value }, i): [string, string] => [`trustmark.holder.contact[${i}]`, value]),
    ...Object.entries(facts).map(([name, value]): [string, string] => [
      `trustmark.facts.${name}`,
      String(value),
    ]),
    ...(holder.sector ? [['trustmark.holder.sector', holder.sector] as [string, string]] : []),
    // Claims that nobody here reads are published all the same.
    ...Object.entries(claims).flatMap(([name, value]): [string, string][] =>
      KNOWN_CLAIMS.has(name) ? [] : [[name.slice(0, 60), JSON.stringify(value)]],
    ),
  ]
  for (const [at, text] of texts) {
    const found = findPersonalNumber(text, holder.country)
    if (found)
      throw new Refusal('personal-number', {
        detail: `This looks like a ${found.name}. Remove it, revoke nothing, and issue the record without it.`,
        at,
      })
  }
}

/** The scheme's own rules: its validity, requirements in force on the day of issue, the coverage its criteria give. */
function* schemeFaults(
  claims: RecordClaims,
  mark: Mark,
  level: Level,
  { definition }: RecordContext,
): Generator<Refusal> {
  const { holder, facts, criteriaVersion, principles } = claims.trustmark
  const longest = longestValidity(level, claims.iat, definition.calendar.timeZone)
  if (longest !== null && claims.exp > longest) {
    yield new Refusal('validity-too-long', {
      detail: `${mark.id}/${level.id} is valid for ${level.validity?.period}; exp may be ${new Date(longest * 1000).toISOString()} at the latest.`,
      value: claims.exp,
      at: 'exp',
      source: definition.sources[level.validity?.source ?? '']?.title,
    })
  }
  if (criteriaVersion !== mark.criteriaVersion) {
    yield new Refusal('principles-differ', {
      detail: `The criteria in force are version ${mark.criteriaVersion}.`,
      value: criteriaVersion,
      at: 'trustmark.criteriaVersion',
    })
  } else {
    const expected = coverageOf(mark.criteria)
    const differing = PRINCIPLES.find((principle) => principles[principle] !== expected[principle])
    if (differing) {
      yield new Refusal('principles-differ', {
        detail: `The criteria of ${mark.id} cover ${differing} with "${expected[differing]}".`,
        value: principles[differing],
        at: `trustmark.principles.${differing}`,
      })
    }
  }
  const day = new Date(claims.iat * 1000).toISOString().slice(0, 10)
  for (const fault of requirementFaults(level, { ...facts, holderKind: holder.kind }, day)) {
    yield new Refusal('requirement-not-met', {
      detail: `${fault.requirement.text.en ?? fault.requirement.id} (rule ${fault.requirement.id}).`,
      value: fault.value ?? null,
      at: fault.at,
      source: definition.sources[fault.requirement.source]?.title ?? fault.requirement.source,
    })
  }
}
