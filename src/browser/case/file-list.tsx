/** Files of a message: fetched and decrypted only when asked for, images shown in place, everything to be saved. */
import { useEffect, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { AttachmentKey } from '../../dispute/payload.js'
import { openAttachment } from '../../dispute/sealed/attachment.js'
import { fill } from '../kit/words.js'
import type { OpenCase, Reading } from './open-case.js'
import type { Words } from './words.js'

/** @throws HubError, SealError */
export async function fetchFile(
  { api }: Pick<Reading, 'api'>,
  { ref, consumer }: Pick<OpenCase, 'ref' | 'consumer'>,
  key: AttachmentKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return openAttachment(await api.getAttachment(ref, key.id, consumer.accessKey), key)
}

export function FileList({
  files,
  open,
  reading,
  words,
  mine,
}: {
  files: readonly AttachmentKey[]
  open: OpenCase
  reading: Reading
  words: Words
  /** Her own files need no warning. */
  mine: boolean
}): JSX.Element | null {
  if (files.length === 0) return null
  return (
    <div class="attached">
      <p class="word">{words.t.timeline.files}</p>
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            <OneFile file={file} open={open} reading={reading} words={words} />
          </li>
        ))}
      </ul>
      {!mine && <p class="hint">{words.t.timeline.opensIn}</p>}
    </div>
  )
}

function OneFile({
  file,
  open,
  reading,
  words: { t, format },
}: {
  file: AttachmentKey
  open: OpenCase
  reading: Reading
  words: Words
}): JSX.Element {
  const [said, say] = useState('')
  const [address, setAddress] = useState('')
  useEffect(() => () => URL.revokeObjectURL(address), [address])
  const fetch = async (): Promise<void> => {
    say(fill(t.timeline.saving, { name: file.name }))
    try {
      const bytes = await fetchFile(reading, open, file)
      setAddress(URL.createObjectURL(new Blob([bytes], { type: file.type })))
      say('')
    } catch {
      say(t.faults.attachment)
    }
  }
  const label = fill(t.timeline.save, { name: file.name, size: format.size(file.bytes) })
  return (
    <>
      {address ? (
        <>
          {file.type.startsWith('image/') && <img src={address} alt={file.name} />}
          <a class="button" href={address} download={file.name}>
            {label}
          </a>
        </>
      ) : (
        <button type="button" class="plain" onClick={() => void fetch()}>
          {fill(t.timeline.open, { name: file.name, size: format.size(file.bytes) })}
        </button>
      )}
      <p role="status">{said}</p>
    </>
  )
}
