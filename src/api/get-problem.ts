/** `GET /problems` and `/problems/{code}`: what each problem type means. */
import type { Context } from 'hono'
import type { Reader } from '../hub/hub.js'
import { REFUSALS, Refusal, type RefusalCode } from '../refusal.js'
import { answer, CACHE, TYPES } from './http.js'

export function getProblem(c: Context, hub: Reader): Response {
  const code = c.req.param('code')
  if (code === undefined) {
    const problems = Object.keys(REFUSALS).map((name) => describe(name as RefusalCode, hub.origin))
    return answer(c, { body: JSON.stringify({ problems }), type: TYPES.json, cache: CACHE.fixed })
  }
  if (!Object.hasOwn(REFUSALS, code))
    throw new Refusal('not-found', {
      detail: 'No problem has this code. See /problems.',
      value: code.slice(0, 60),
    })
  return answer(c, {
    body: JSON.stringify(describe(code as RefusalCode, hub.origin)),
    type: TYPES.json,
    cache: CACHE.fixed,
  })
}

function describe(code: RefusalCode, origin: string): object {
  const [status, title] = REFUSALS[code]
  return { type: `${origin}/problems/${code}`, code, status, title }
}
