/** A reason of a route as a quote carries it: the rule, and by their ids whom and what its text names (DESIGN 4.10). */
import * as z from 'zod'
import { memberId } from '../../alliance/definition.js'
import { countryCode, languageTag } from '../../alliance/text.js'

/** What stands in for a placeholder of a reason's text. Codes only: every reader has it in words of its own. */
export const reasonParam = z.union([
  z.strictObject({ members: z.array(memberId) }),
  z.strictObject({ country: countryCode }),
  z.strictObject({ languages: z.array(languageTag) }),
  z.strictObject({ days: z.int().min(0) }),
])
export type ReasonParam = z.infer<typeof reasonParam>

/** A rule that had a part in a route. Its words are found by tellReason. */
export const reason = z.strictObject({
  rule: z.string(),
  params: z.record(z.string(), reasonParam),
})
export type Reason = z.infer<typeof reason>
