/** Files of a case: sealed before they are sent, fetched and opened again; the sender's word on them is never trusted. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { AttachmentNotice } from '../../dispute/envelope.js'
import { type AttachmentType, fileTypeOf } from '../../dispute/file-type.js'
import {
  type AttachmentKey,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
  MAX_FIELD,
} from '../../dispute/payload.js'
import { openAttachment, sealAttachment } from '../../dispute/sealed/attachment.js'
import { ConfigError } from '../../node.js'
import { expectStatus, HubClientError } from '../hub-client.js'
import { readBytes } from '../workspace.js'
import type { CaseFolder } from './case-folder.js'
import type { HubDesk } from './hub-desk.js'

/** Ciphertext that the hub has announced and may not have yet; nothing in it is readable without the case. */
const OUTGOING = 'outgoing'
/** Answers that will be the same the next time: not announced, not ours, erased, another file. */
const UNWANTED = [403, 404, 409, 410, 422]
/** Most bytes of a sealed file: base64url adds a third. */
const MAX_SEALED_BYTES = Math.ceil(MAX_ATTACHMENT_BYTES * 1.4) + 1024

/** The extension of each type, by which an officer's machine chooses the program that opens it. */
const EXTENSIONS: Readonly<Record<AttachmentType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
}

export interface SealedFile {
  key: AttachmentKey
  notice: AttachmentNotice
  sealed: Uint8Array<ArrayBuffer>
}

/** Reads and seals files to attach. @throws ConfigError for a file that is too large, or of a type not taken */
export async function sealFiles(paths: readonly string[], cwd: string): Promise<SealedFile[]> {
  if (paths.length > MAX_ATTACHMENTS)
    throw new ConfigError(`At most ${MAX_ATTACHMENTS} files go with one message.`)
  const sealed: SealedFile[] = []
  for (const path of paths) {
    const bytes = readBytes(resolve(cwd, path))
    const type = fileTypeOf(bytes)
    if (!type || type === 'image/heic')
      throw new ConfigError(
        `${path} is neither ${Object.values(EXTENSIONS).join(', ')} by what stands in it. Save it as one of these.`,
      )
    if (bytes.length > MAX_ATTACHMENT_BYTES)
      throw new ConfigError(`${path} has ${bytes.length} bytes; ${MAX_ATTACHMENT_BYTES} are the most.`)
    sealed.push(await sealAttachment(bytes, { name: basename(path).slice(-MAX_FIELD), type }))
  }
  return sealed
}

/** Keeps ciphertext until the hub has it, so that a broken line loses nothing. */
export function keepOutgoing(folder: CaseFolder, ref: string, files: readonly SealedFile[]): void {
  if (files.length === 0) return
  const path = join(folder.path, OUTGOING, ref)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  for (const { notice, sealed } of files) writeFileSync(join(path, notice.id), sealed, { mode: 0o600 })
}

/** Forgets what was kept for an event that was not accepted. */
export function dropOutgoing(folder: CaseFolder, ref: string, files: readonly SealedFile[]): void {
  for (const { notice } of files) rmSync(join(folder.path, OUTGOING, ref, notice.id), { force: true })
}

/**
 * Uploads what is still kept for a case; sending again is safe. A file that the hub does not want (any more) is dropped:
 * the event that announced it never arrived, or the case was given away or erased.
 * @throws HubClientError when the hub can't be used; what was not sent stays kept
 */
export async function sendOutgoing(hub: HubDesk, folder: CaseFolder, ref: string): Promise<void> {
  const path = join(folder.path, OUTGOING, ref)
  for (const id of existsSync(path) ? readdirSync(path) : []) {
    const bytes = new Uint8Array(readFileSync(join(path, id)))
    const response = await hub.put(`/v1/cases/${ref}/attachments/${id}`, bytes)
    if (!UNWANTED.includes(response.status)) expectStatus(response, 200, 201, 204)
    rmSync(join(path, id))
  }
}

/** Ids of the files that are still kept for a case. */
export function listKept(folder: CaseFolder, ref: string): string[] {
  const path = join(folder.path, OUTGOING, ref)
  return existsSync(path) ? readdirSync(path) : []
}

/** References for which something is still kept. */
export function listOutgoing(folder: CaseFolder): string[] {
  const path = join(folder.path, OUTGOING)
  return existsSync(path) ? readdirSync(path).filter((ref) => listKept(folder, ref).length > 0) : []
}

/** An opened file, or why it is not given out. */
export type OpenedFile = { bytes: Uint8Array; extension: string } | { refused: string }

/**
 * Fetches and opens a file. It is given out only when its content is of the type that its sender stated.
 * @throws HubClientError when the hub can't be used
 */
export async function fetchFile(hub: HubDesk, ref: string, key: AttachmentKey): Promise<OpenedFile> {
  const response = await hub.get(`/v1/cases/${ref}/attachments/${key.id}`, MAX_SEALED_BYTES)
  if (response.status === 404) return { refused: 'The hub does not have it (yet).' }
  expectStatus(response, 200)
  let bytes: Uint8Array
  try {
    // A compact JWE is ASCII, so its text is its bytes.
    bytes = await openAttachment(new TextEncoder().encode(response.text), key)
  } catch (error) {
    if (error instanceof HubClientError) throw error
    return { refused: error instanceof Error ? error.message : String(error) }
  }
  const type = fileTypeOf(bytes)
  if (type !== key.type)
    return {
      refused: `It is said to be ${key.type}, but is ${type ?? 'no file of a known type'}. Do not open it; ask for it again.`,
    }
  return { bytes, extension: EXTENSIONS[key.type] }
}

/** Writes a file for the officer's account only, whole; what stands there, a link say, is replaced and not followed. */
export function writePrivate(file: string, content: Uint8Array | string): void {
  const beside = `${file}.${process.pid}.new`
  rmSync(beside, { force: true })
  writeFileSync(beside, content, { mode: 0o600, flag: 'wx' })
  renameSync(beside, file)
}
