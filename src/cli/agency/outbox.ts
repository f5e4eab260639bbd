/** Signed records that wait to be sent or acknowledged: `outbox.ndjson`, which is also a body that any HTTP client can post. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../../node.js'
import { type RecordClaims, recordClaims } from '../../record/record.js'
import { readPayload } from '../../trust/jws.js'
import { FILES, readText, type Workspace, writeText } from '../workspace.js'
import { contentDigest } from './claims.js'

/** A signed record in the outbox. */
export interface OutboxRecord {
  jws: string
  id: string
  claims: RecordClaims
  digest: string
}

type Folder = Pick<Workspace, 'folder' | 'definition'>

/** In the order in which they are to be sent. @throws ConfigError for a line that is no signed record */
export function readOutbox({ folder, definition }: Folder): OutboxRecord[] {
  const file = join(folder, FILES.outbox)
  if (!existsSync(file)) return []
  return readText(file)
    .split('\n')
    .flatMap((line, i) =>
      line === '' ? [] : readLine(line, `${file}, line ${i + 1}`, definition.calendar.timeZone),
    )
}

function readLine(jws: string, where: string, timeZone: string): OutboxRecord {
  try {
    const claims = recordClaims.parse(readPayload(jws))
    return { jws, id: claims.trustmark.id, claims, digest: contentDigest(claims, timeZone) }
  } catch {
    throw new ConfigError(
      `${where} is not a signed record. Remove the file and run "trustmark sign" again: nothing is lost by it.`,
    )
  }
}

export function writeOutbox({ folder }: Folder, records: readonly { jws: string }[]): void {
  writeText(join(folder, FILES.outbox), records.map(({ jws }) => `${jws}\n`).join(''))
}
