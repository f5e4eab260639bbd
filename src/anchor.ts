/** The anchor: the alliance's keys that a verifier pins once, where they are read, and the log's among them (DESIGN 4.4, 4.5). */
import * as z from 'zod'
import { type OpenedCheckpoint, openCheckpoint } from './log/checkpoint.js'
import { LogError } from './log/error.js'
import { parseLogOrigin } from './log/log-origin.js'
import { parseNote } from './log/note.js'
import { createNoteVerifier, identifyKey, isSameKey, type NoteVerifier } from './log/note-key.js'
import { formatAllianceId } from './record/record.js'
import { Refusal } from './refusal.js'
import { canonicalJson } from './trust/digest.js'
import { ALLIANCE_ENTITY_TYPE, ENTITY_STATEMENT_TYP } from './trust/entity-statement.js'
import { decodeJws, verifyJws } from './trust/jws.js'
import { type PublicJwk, publicJwk } from './trust/keys.js'
import { badClaims, CLOCK_LEEWAY } from './trust/statement.js'
import { MAX_LOG_KEYS } from './trust/statements.js'

/** What a verifier pins: everything else is checked against these keys. */
export interface Anchor {
  /** The alliance's entity identifier. */
  alliance: string
  origin: string
  /** Keys that sign verdicts and entity statements. */
  federation: readonly PublicJwk[]
  /** Keys that sign admissions and standing, kept outside the running hub. */
  operator: readonly PublicJwk[]
  log: {
    origin: string
    /** A signed-note verifier line. */
    vkey: string
    /** Every key that may sign the log's checkpoints; absent where only `vkey` is known. */
    vkeys?: readonly string[]
    /** Keys that sign nothing any more, whatever was said of them before; absent where none is known. */
    retired?: readonly string[]
  }
  /** The alliance is a demo: the agencies named take no part in it. */
  demo: boolean
}

/** Largest entity configuration in bytes: 40 members with a dozen types each stay far below. */
const MAX_CONFIGURATION_BYTES = 262_144
/** Keys of one log that were ever retired: one a month for eighty years. */
const MAX_RETIRED_KEYS = 1000

/** The log's name and keys as configurations and anchor files write them. */
export const logTrust = z.object({
  origin: z.string(),
  vkey: z.string(),
  vkeys: z.array(z.string()).max(MAX_LOG_KEYS).optional(),
  retired: z.array(z.string()).max(MAX_RETIRED_KEYS).optional(),
})

const configurationClaims = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  iat: z.number(),
  exp: z.number(),
  jwks: z.object({ keys: z.array(publicJwk).min(1) }),
  metadata: z.looseObject({
    [ALLIANCE_ENTITY_TYPE]: z.looseObject({
      operator_jwks: z.object({ keys: z.array(publicJwk).min(1) }),
      log: logTrust,
      demo: z.boolean().optional(),
    }),
  }),
})

/**
 * Reads an anchor from the alliance's entity configuration. Its signature shows only that whoever made it holds its
 * keys: compare the anchor with one got by another way, or pin it at first use.
 * @param origin the hub's origin, from which the configuration was fetched
 * @param now JWT seconds
 * @throws Refusal
 */
export async function readAnchor(configuration: string, origin: string, now: number): Promise<Anchor> {
  const decoded = decodeJws(configuration, { [ENTITY_STATEMENT_TYP]: { maxBytes: MAX_CONFIGURATION_BYTES } })
  const parsed = configurationClaims.safeParse(decoded.payload)
  if (!parsed.success) throw badClaims(parsed.error)
  const { iss, sub, exp, jwks, metadata } = parsed.data
  const alliance = formatAllianceId(origin)
  if (iss !== alliance || sub !== alliance) {
    throw new Refusal('unknown-issuer', {
      detail: `The configuration is that of ${sub.slice(0, 200)}, not of ${alliance}.`,
      value: sub.slice(0, 200),
      at: 'sub',
    })
  }
  if (now > exp + CLOCK_LEEWAY)
    throw new Refusal('bad-claims', {
      detail: 'The configuration has expired. Fetch it again.',
      value: exp,
      at: 'exp',
    })
  await verifyWithOneOf(decoded, jwks.keys)
  const own = metadata[ALLIANCE_ENTITY_TYPE]
  return {
    alliance,
    origin,
    federation: jwks.keys,
    operator: own.operator_jwks.keys,
    log: own.log,
    demo: own.demo === true,
  }
}

/** Verifies a signature by one of the alliance's federation keys. @throws Refusal `unknown-key` */
export async function verifyWithOneOf(
  decoded: ReturnType<typeof decodeJws>,
  keys: readonly PublicJwk[],
): Promise<void> {
  const key = keys.find((jwk) => jwk.kid === decoded.header.kid)
  if (!key)
    throw new Refusal('unknown-key', {
      detail:
        'Do not trust this: it is not signed by the alliance whose keys you hold. Either the hub is false, or the alliance changed its keys; ask it by another way, such as the telephone.',
      value: decoded.header.kid,
      at: 'kid',
    })
  await verifyJws(decoded, key)
}

/**
 * The verifier lines of every key that may sign the log's checkpoints, `log.vkey` first. One that was retired stays so, wherever
 * else it stands.
 * @throws Refusal `unknown-log-key` when every one was retired
 */
export function listLogKeys({ log }: Anchor): readonly [string, ...string[]] {
  const retired = new Set(log.retired)
  const [first, ...others] = [...new Set([log.vkey, ...(log.vkeys ?? [])])].filter(
    (vkey) => !retired.has(vkey),
  )
  if (first !== undefined) return [first, ...others]
  throw new Refusal(
    'unknown-log-key',
    'The alliance’s operator retired every key of the log that is known here. Ask it by another way, and pin its keys anew.',
  )
}

/** @throws LogError for a verifier line that is none; Refusal as {@link listLogKeys} */
export async function createLogVerifiers(anchor: Anchor): Promise<NoteVerifier[]> {
  const verifiers = await Promise.all(listLogKeys(anchor).map(createNoteVerifier))
  // A log that was started anew may still tell the keys of its earlier name, and those sign nothing here.
  return verifiers.filter(({ name }) => name === anchor.log.origin)
}

/**
 * Opens a checkpoint with an anchor's keys.
 * @throws Refusal `unknown-log-key`, `log-restarted`
 * @throws LogError as {@link openCheckpoint}
 */
export async function openLogCheckpoint(note: string, anchor: Anchor): Promise<OpenedCheckpoint> {
  const trust = { origin: anchor.log.origin, verifiers: await createLogVerifiers(anchor) }
  return openCheckpoint(note, trust).catch((error) => {
    throw explainLogError(error, note, anchor)
  })
}

/**
 * Says what a checkpoint that can't be opened with an anchor means for whoever holds it.
 * @returns a Refusal for a log that was started anew and for one whose key nobody answers for; any other error as it is
 */
export function explainLogError(error: unknown, note: string, { log }: Anchor): unknown {
  if (!(error instanceof LogError) || !['signature-missing', 'origin-mismatch'].includes(error.code))
    return error
  const [shown = ''] = note.split('\n', 1)
  if (isStartedAnewAs(log.origin, shown))
    return new Refusal('log-restarted', {
      detail: `The log you pinned, ${log.origin}, was given up: the hub restored a backup and started a new log, ${shown}, so entries after that backup may be missing. Ask the alliance by another way, such as the telephone, whether that is so, and compare the new log's key with it; then remove the old anchor and pin anew with --pin.`,
      value: shown.slice(0, 200),
    })
  if (error.code === 'origin-mismatch') return error
  const retired = findRetired(note, log)
  return new Refusal('unknown-log-key', {
    detail: retired
      ? `Do not trust this: the log’s checkpoint is signed by ${retired}, which the alliance’s operator retired, and by no key in use. Whoever stole that key can make such a one.`
      : 'Do not trust this: the log’s checkpoint is signed by no key you hold, and no statement of the alliance’s operator makes it another’s. Either the hub is false, or its key was changed without the operator: ask the alliance by another way, such as the telephone.',
    value: shown.slice(0, 200),
  })
}

/** The retired key that a note names as its signer. */
export function findRetired(note: string, { retired = [] }: Anchor['log']): string | undefined {
  if (retired.length === 0) return undefined
  const { signatures } = parseNote(note)
  return retired.find((vkey) => signatures.some((line) => isSameKey(line, identifyKey(vkey))))
}

/** Whether the second is the name of a later start of the first's log; see `formatLogOrigin`. */
export function isStartedAnewAs(pinned: string, shown: string): boolean {
  const [before, after] = [parseLogOrigin(pinned), parseLogOrigin(shown)]
  return before !== undefined && before.first === after?.first && after.generation > before.generation
}

/** Whether two anchors hold the same keys, in whatever order and form the log's are written. */
export function isSameAnchor(a: Anchor, b: Anchor): boolean {
  return withoutForm(a) === withoutForm(b)
}

function withoutForm(anchor: Anchor): string {
  const { origin, retired = [] } = anchor.log
  const log = { origin, vkeys: [...listLogKeys(anchor)].sort(), retired: [...new Set(retired)].sort() }
  return canonicalJson(JSON.parse(JSON.stringify({ ...anchor, log })))
}
