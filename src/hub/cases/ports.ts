/** What the cases need from outside: a place for sealed files, and ways to tell agencies and consumers that there is news. */
import type { CaseStore } from './case-store.js'
import type { NoticeStore } from './notice-store.js'

/** Sealed files of cases. A key is `<case reference>/<attachment id>`; bytes are ciphertext, written once. */
export interface AttachmentStore {
  /** The largest file it takes, in bytes. */
  readonly maxBytes: number
  /** Writes a whole file; writing the same key again replaces it. */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Undefined when there is none. */
  get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Removes files for good; missing ones are no error. */
  remove(keys: readonly string[]): Promise<void>
}

/**
 * Posts to an agency's address. It must reach no address of the hub's own network and follow no redirect.
 * @returns the HTTP status, or why there was none
 */
export type SendWebhook = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<{ status: number } | { error: string }>

/** Sends one mail of generic text. @throws Error when the mail server does not take it */
export type SendMail = (mail: { to: string; subject: string; text: string; lang: string }) => Promise<void>

/** Everything that the use cases of disputes work with. */
export interface CaseParts {
  store: CaseStore
  notices: NoticeStore
  attachments: AttachmentStore
  sendWebhook: SendWebhook
  /** Absent where the hub sends no mail; then no address is taken either. */
  mail?: { send: SendMail; seal: AddressBox }
}

/** Keeps consumers' addresses apart from everything else: under a key of its own, which backups of the data lack. */
export interface AddressBox {
  close(address: string): Promise<string>
  /** @throws Error when the key is another */
  open(closed: string): Promise<string>
}

/** Who asks: a consumer by what her secret gives, a member or the operator by a client assertion. */
export type Asker =
  | { kind: 'consumer' /** SHA-256 (lower hex) of her access key. */; access: string }
  | { kind: 'member'; id: string }
  | { kind: 'operator' }
