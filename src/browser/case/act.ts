/**
 * What the consumer does in her case: an event signed by her key, with her words encrypted to whoever may read them now.
 * Keys of agencies are read anew for every message and taken only as the log holds them (DESIGN 4.9).
 */
import type { CaseEvent } from '../../dispute/case-event.js'
import type { CaseView } from '../../dispute/case-view.js'
import type { AttachmentNotice, GeneralJwe, SealedComplaint } from '../../dispute/envelope.js'
import type { AttachmentKey, IdentityPayload, MessagePayload } from '../../dispute/payload.js'
import { sealAttachment } from '../../dispute/sealed/attachment.js'
import type { Consumer } from '../../dispute/sealed/consumer.js'
import { formatCaseId } from '../../dispute/sealed/formats.js'
import { sealMessage } from '../../dispute/sealed/message.js'
import { signCaseEvent } from '../../dispute/sealed/sign-case.js'
import { formatAllianceId } from '../../record/record.js'
import type { PublicJwk } from '../../trust/keys.js'
import { readEncryptionKeys } from '../../trusted-keys.js'
import type { Anchor } from '../../verify.js'
import type { HubApi } from '../kit/hub-api.js'
import { HubError } from '../kit/hub-error.js'
import type { ReadFile } from '../kit/read-file.js'

/** Her words to an event. */
export interface Words {
  /** Language of the page, which she writes in. */
  lang: string
  text: string
  files: readonly ReadFile[]
  /** Given along where she lets it be conveyed. */
  identity?: IdentityPayload
}

/** A file that is announced and encrypted, and may still have to be sent. */
export interface SealedFile {
  name: string
  notice: AttachmentNotice
  sealed: Uint8Array<ArrayBuffer>
}

/** Which case she acts in, as she read it last. */
export interface Acting {
  api: HubApi
  view: CaseView
  consumer: Consumer
  /** Pinned keys of the alliance; absent: those the hub shows. */
  anchor: Anchor | undefined
  /** JWT seconds. */
  now(): number
}

/** Who reads her messages now: the lead, and the partner once the lead shared the case. */
export function readersOf({ lead, partner, shared }: CaseView): string[] {
  return [lead, shared ? partner : null].filter((id) => id !== null)
}

/**
 * Sends one event with its words.
 * @returns its files, which are announced but not sent yet
 * @throws Refusal, LogError when keys of a reader can't be verified: nothing was sent then; HubError
 */
export async function act(acting: Acting, event: CaseEvent, words?: Words): Promise<SealedFile[]> {
  const files = await sealFiles(words?.files ?? [])
  const message = words && (await sealWords(acting, words, files))
  await postSigned(acting, event, {
    ...(message && { message }),
    attachments: files.map(({ notice }) => notice),
  })
  return files
}

/** What goes with an event: a message and announced files, or the complaint encrypted anew. */
interface Along {
  message?: GeneralJwe
  attachments?: readonly AttachmentNotice[]
  envelope?: SealedComplaint
}

/** Signs an event and sends it with what belongs to it. @throws HubError */
export async function postSigned(
  { api, view, consumer, now }: Acting,
  event: CaseEvent,
  { message, attachments, envelope }: Along,
): Promise<void> {
  const post = async (iat: number): Promise<void> => {
    const jws = await signCaseEvent(consumer.signer, {
      iss: formatCaseId(api.origin, view.case),
      aud: formatAllianceId(api.origin),
      iat,
      ref: view.case,
      seq: nextSeq(view),
      prev: view.head,
      event,
      ...(message && { message }),
      ...(attachments && { attachments }),
    })
    await api.postEvent(view.case, consumer.accessKey, {
      event: jws,
      ...(message && { message }),
      ...(envelope && { envelope }),
    })
  }
  // A telephone's clock may be wrong. The event before hers is the latest time that is surely past at the hub, and hers
  // can't be older.
  const least = lastTime(view)
  try {
    await post(Math.max(now(), least))
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'issued-in-future') throw error
    await post(least)
  }
}

/** When the newest event came in (JWT seconds). */
function lastTime({ events, filedAt }: CaseView): number {
  return Math.floor(Date.parse(events.at(-1)?.at ?? filedAt) / 1000)
}

/**
 * Uploads announced files, each on its own.
 * @returns those that did not arrive, to be tried again
 */
export async function sendFiles(
  { api, view, consumer }: Pick<Acting, 'api' | 'view' | 'consumer'>,
  files: readonly SealedFile[],
  onProgress: (count: number, part: number) => void,
): Promise<SealedFile[]> {
  const failed: SealedFile[] = []
  for (const [i, file] of files.entries()) {
    onProgress(i + 1, 0)
    try {
      await api.putAttachment(view.case, file.notice.id, consumer.accessKey, file.sealed, (part) =>
        onProgress(i + 1, part),
      )
    } catch {
      failed.push(file)
    }
  }
  return failed
}

/** The place of her next event in the chain. */
export function nextSeq({ events }: CaseView): number {
  return (events.at(-1)?.seq ?? -1) + 1
}

async function sealFiles(files: readonly ReadFile[]): Promise<(SealedFile & { key: AttachmentKey })[]> {
  const sealed: (SealedFile & { key: AttachmentKey })[] = []
  // One after the other: a telephone holds one large file in memory twice, not ten.
  for (const { name, type, bytes } of files) {
    const made = await sealAttachment(bytes, { name, type })
    sealed.push({ name, ...made })
  }
  return sealed
}

async function sealWords(
  { api, view, consumer, anchor }: Acting,
  { lang, text, identity }: Words,
  files: readonly { key: AttachmentKey }[],
): Promise<GeneralJwe | undefined> {
  const payload: MessagePayload = {
    v: 1,
    texts: text === '' ? [] : [{ lang, text, made: 'original' }],
    ...(files.length > 0 && { attachments: files.map(({ key }) => key) }),
    ...(identity && { identity }),
  }
  const readers = readersOf(view)
  if (readers.length === 0 || (payload.texts.length === 0 && files.length === 0 && !identity))
    return undefined
  const keys = await readEncryptionKeys(api, api.origin, readers, anchor ? { anchor } : {})
  const recipients: PublicJwk[] = readers.flatMap((id) => [...(keys.get(id)?.enc ?? [])])
  return sealMessage(payload, { case: view.case, prev: view.head, from: consumer.keys.sign.kid }, [
    ...recipients,
    consumer.keys.enc,
  ])
}
