/** Sends a file's bytes and tells how far it is: `fetch` still can't (Fetch standard, request streams). */
import { HubError, readProblem } from './hub-error.js'

/** Sending stops when nothing moved for so long (ms). */
const STALLED = 60_000

/** PUTs bytes. `onProgress` gets the part sent, 0 to 1. @throws HubError */
export function upload(
  url: string,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array,
  onProgress?: (part: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), STALLED)
    }
    const fail = (): void => {
      clearTimeout(timer)
      reject(new HubError('offline'))
    }
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = (event) => {
      wait()
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    }
    request.onerror = fail
    request.onabort = fail
    request.onload = () => {
      clearTimeout(timer)
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(readProblem(request.status, request.responseText, request.getResponseHeader('Retry-After')))
    }
    wait()
    request.send(bytes as Uint8Array<ArrayBuffer>)
  })
}
