/** Sealed files on Cloudflare: small ones stay in D1, large ones go to an R2 bucket (DESIGN 4.11). */
import type { AttachmentStore } from '../hub/cases/ports.js'

/** What is needed of an `R2Bucket`. */
export interface R2Like {
  put(key: string, value: Uint8Array<ArrayBuffer>): Promise<unknown>
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
  delete(keys: string[]): Promise<void>
}

/**
 * Most keys that R2 deletes in one call; a case has ten files, so this only matters to a caller that clears many at once.
 */
const MAX_DELETED = 1000

/**
 * @param small takes whatever fits its `maxBytes`: a database answers sooner than a bucket, and costs no operation of R2
 * @param maxBytes largest file taken
 */
export function createR2Attachments(
  bucket: R2Like,
  small: AttachmentStore,
  maxBytes: number,
): AttachmentStore {
  return {
    maxBytes,
    async put(key, bytes) {
      // A file that is written again may have been of the other kind; the copy that is read first must not be an old one.
      if (bytes.length <= small.maxBytes) {
        await small.put(key, bytes)
        await bucket.delete([key])
      } else {
        await bucket.put(key, bytes)
        await small.remove([key])
      }
    },
    async get(key) {
      const found = await small.get(key)
      if (found) return found
      const object = await bucket.get(key)
      return object ? new Uint8Array(await object.arrayBuffer()) : undefined
    },
    async remove(keys) {
      await small.remove(keys)
      for (let i = 0; i < keys.length; i += MAX_DELETED) await bucket.delete(keys.slice(i, i + MAX_DELETED))
    },
  }
}
