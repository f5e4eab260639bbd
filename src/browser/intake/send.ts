/**
 * Sends a complaint: work, keys, encryption, filing, files. What is filed is written once and kept until it is answered:
 * if the line breaks while sending, the same bytes go again, which the hub answers as before (DESIGN 4.9).
 */

import type { ComplaintFiling } from '../../dispute/envelope.js'
import type { AttachmentKey, ComplaintPayload, IdentityPayload } from '../../dispute/payload.js'
import { sealAttachment } from '../../dispute/sealed/attachment.js'
import { createConsumer } from '../../dispute/sealed/consumer.js'
import { sealComplaint } from '../../dispute/sealed/seal-complaint.js'
import { solveWork } from '../../dispute/work.js'
import type { HubApi } from '../kit/hub-api.js'
import { HubError } from '../kit/hub-error.js'
import type { ReadFile } from '../kit/read-file.js'
import type { CheckedRoute } from './route.js'

/** What is to be filed by one route. */
export interface Complaint {
  payload(attachments: readonly AttachmentKey[]): ComplaintPayload
  identity: IdentityPayload
  files: readonly ReadFile[]
  notify: ComplaintFiling['notify']
  /** 24 digits; the same may open several cases, for every key is derived with the reference. */
  secret: string
}

/** A complaint that is encrypted and not yet answered. */
export interface Prepared {
  reference: string
  route: CheckedRoute
  access: string
  /** JSON of a `ComplaintFiling`: never made anew. */
  filing: string
  files: { id: string; name: string; sealed: Uint8Array<ArrayBuffer> }[]
}

/** Told where it stands; `part` from 0 to 1 where it is known. */
export type OnProgress = (phase: 'work' | 'sealing' | 'filing' | 'file', part?: number, file?: number) => void

/** @throws SealError where this browser can't encrypt to a key */
export async function prepare(
  route: CheckedRoute,
  complaint: Complaint,
  onProgress: OnProgress,
): Promise<Prepared> {
  const { claims, answer, keys } = route
  const reference = claims.quote.case
  onProgress('work', 0)
  const work = await solveWork(answer.quote, claims.quote.work, (part) => onProgress('work', part))
  onProgress('sealing', 0)
  const consumer = await createConsumer(reference, complaint.secret)
  const sealed: Awaited<ReturnType<typeof sealAttachment>>[] = []
  // One after the other: a telephone holds one large file in memory twice, not ten.
  for (const { name, type, bytes } of complaint.files) {
    sealed.push(await sealAttachment(bytes, { name, type }))
    onProgress('sealing', sealed.length / (complaint.files.length + 1))
  }
  const envelope = await sealComplaint({
    quote: answer.quote,
    claims,
    revision: 1,
    payload: complaint.payload(sealed.map(({ key }) => key)),
    identity: complaint.identity,
    keys: { ...keys, consumer: consumer.keys.enc },
    consumerSign: consumer.keys.sign.kid,
  })
  const filing: ComplaintFiling = {
    v: 1,
    quote: answer.quote,
    work,
    ...envelope,
    attachments: sealed.map(({ notice }) => notice),
    consumer: consumer.keys,
    ...(complaint.notify && { notify: complaint.notify }),
  }
  return {
    reference,
    route,
    access: consumer.accessKey,
    filing: JSON.stringify(filing),
    files: sealed.map(({ key, sealed: bytes }) => ({ id: key.id, name: key.name, sealed: bytes })),
  }
}

/**
 * Files it, or files it again after a broken line.
 * @returns whether it is looked at before it goes on, and which files the hub waits for
 * @throws HubError
 */
export async function file(
  api: HubApi,
  prepared: Prepared,
  onProgress: OnProgress,
): Promise<{ parked: boolean; missing: string[] }> {
  onProgress('filing')
  const { parked, missing } = await api.file(prepared.filing)
  return { parked, missing }
}

/**
 * Sends files that the hub waits for, each on its own.
 * @returns ids of those that did not arrive
 */
export async function sendFiles(
  api: HubApi,
  { reference, access, files }: Prepared,
  missing: readonly string[],
  onProgress: OnProgress,
): Promise<string[]> {
  const failed: string[] = []
  for (const [i, id] of missing.entries()) {
    const found = files.find((one) => one.id === id)
    if (!found) continue
    onProgress('file', 0, i + 1)
    try {
      await api.putAttachment(reference, id, access, found.sealed, (part) => onProgress('file', part, i + 1))
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      failed.push(id)
    }
  }
  return failed
}
