/** `PUT` and `GET /v1/cases/{ref}/attachments/{id}`: sealed files, as bytes. */
import type { Context } from 'hono'
import { attachmentId } from '../dispute/payload.js'
import { findUpload, keepAttachment, readAttachment } from '../hub/cases/attachments.js'
import { Refusal } from '../refusal.js'
import { answerJson, type CaseApi, enterCase } from './case-request.js'
import { answer, CACHE, TYPES } from './http.js'
import { mediaType, readBody } from './read-body.js'

/** A sealed file is a compact JWE, which some clients name by its own type. */
const FILE_TYPES: readonly string[] = [TYPES.bytes, 'application/jose']

/** Reads no more of the body than was announced. @throws Refusal `attachment-differs` and those of findUpload */
export function putCaseAttachment(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) => {
    const notice = await findUpload(api.hub, ref, asker, readId(c))
    if (!FILE_TYPES.includes(mediaType(c)))
      throw new Refusal('unsupported-media-type', {
        detail: `Send the sealed file as ${FILE_TYPES.join(' or ')}.`,
        value: mediaType(c) || null,
      })
    await keepAttachment(api.hub, ref, notice, await readBody(c, notice.bytes))
    return answerJson(c, { ...noticeOf(notice), stored: true })
  })
}

export function getCaseAttachment(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) =>
    answer(c, {
      body: await readAttachment(api.hub, ref, asker, readId(c)),
      type: TYPES.bytes,
      cache: CACHE.never,
      // It opens nowhere by itself, whatever a browser thinks that it is.
      headers: {
        'Content-Disposition': 'attachment',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      },
    }),
  )
}

function noticeOf({ id, bytes, sha256 }: { id: string; bytes: number; sha256: string }): object {
  return { id, bytes, sha256 }
}

/** @throws Refusal `attachment-unknown` for what is no id */
function readId(c: Context): string {
  const parsed = attachmentId.safeParse(c.req.param('id'))
  if (parsed.success) return parsed.data
  throw new Refusal('attachment-unknown', {
    detail: 'A file is named by 22 characters of base64url, as announced.',
    value: (c.req.param('id') ?? '').slice(0, 60),
    at: 'id',
  })
}
