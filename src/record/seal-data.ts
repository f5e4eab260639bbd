/** The seal on the wire: what its address may ask for, and `/seal/{record}.json`, which seal.js reads (issue 5, story 3). */
import * as z from 'zod'
import { presenceKind } from '../alliance/definition.js'
import { LANGUAGES } from '../alliance/text.js'
import { recordId } from './record.js'
import { VERDICTS } from './verdict.js'

/** `light` unless told: a page that knows no dark colours would get a dark seal from a visitor's dark device. */
export const SEAL_THEMES = ['light', 'dark', 'auto'] as const
export type SealTheme = (typeof SEAL_THEMES)[number]
export const SEAL_STYLES = ['card', 'wide'] as const
export type SealStyle = (typeof SEAL_STYLES)[number]

/** A website by its host as browsers' `location.host` has it, or a shop on a platform by its address. */
export const coveredPlace = z.union([
  z.strictObject({ kind: z.literal('web'), host: z.string(), scope: z.enum(['host', 'domain']) }),
  z.strictObject({ kind: presenceKind.exclude(['web']), url: z.string() }),
])
export type CoveredPlace = z.infer<typeof coveredPlace>

export const sealData = z.strictObject({
  /** Empty where what was asked for can be no record's id: that is never repeated. */
  record: z.union([recordId, z.literal('')]),
  lang: z.enum(LANGUAGES),
  verdict: z.enum([...VERDICTS, 'unavailable']),
  inForce: z.boolean(),
  covers: z.array(coveredPlace),
  /** Plain texts for the picture: where the seal stands rightly, and where it does not. */
  says: z.string(),
  saysElsewhere: z.string(),
  /** Log size and moment for which all this holds. */
  asOf: z.strictObject({ size: z.int().min(0), at: z.iso.datetime() }).nullable(),
})
export type SealData = z.infer<typeof sealData>
