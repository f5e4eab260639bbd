/** Following the log's keys for a look-up: what the operator said of them since they were pinned, and where it is logged. */
import { type Anchor, openLogCheckpoint } from '../../anchor.js'
import { followLogKeys, type HubPort, isUnknownLogKey, type LogKeyNews } from '../../follow-log-keys.js'
import { Refusal } from '../../refusal.js'
import { sha256Hex } from '../../trust/digest.js'
import { verifyLogged } from '../../verify.js'

export interface FollowedLog {
  anchor: Anchor
  /** Size of the checkpoint. */
  size: number
  /** What the operator said since the anchor was pinned, in log order. */
  news: LogKeyNews[]
}

/**
 * Opens a checkpoint with the anchor's log keys; where none of them has signed, with those that the operator announced since.
 * The operator's signature is what makes a key trusted; that the statement is logged shows that everybody can know of it.
 * @param always asks the hub even where a known key has signed: only so is it learnt that one was retired
 * @throws Refusal `unknown-log-key` for a key the operator did not announce, `log-restarted`; LogError
 */
export async function followLog(
  hub: HubPort,
  checkpoint: string,
  anchor: Anchor,
  always = false,
): Promise<FollowedLog> {
  let unknown: unknown
  const known = await openLogCheckpoint(checkpoint, anchor).catch((error) => {
    if (!isUnknownLogKey(error)) throw error
    unknown = error
  })
  if (known && !always) return { anchor, size: known.size, news: [] }
  const followed = await followLogKeys(hub, anchor)
  if (followed.news.length === 0) {
    if (known) return { anchor, size: known.size, news: [] }
    throw unknown
  }
  const { size } = await openLogCheckpoint(checkpoint, followed.anchor)
  for (const { statement, index } of followed.news) {
    const logged = await verifyLogged(
      await hub.text(`/v1/statements/${sha256Hex(statement)}/proof`),
      statement,
      followed.anchor,
    )
    if (logged.index !== index)
      throw new Refusal(
        'bad-claims',
        `The hub says that a change of the log's keys is entry ${index}; it is ${logged.index}.`,
      )
  }
  return { anchor: followed.anchor, size, news: followed.news }
}

/** What a person is told of changed keys, in one sentence. */
export function formatLogKeyNews(news: readonly LogKeyNews[]): string {
  const told = news.map(
    ({ change, vkey, index }) =>
      `${change === 'announced' ? 'announced' : 'retired'} ${vkey} in entry ${index}`,
  )
  return `The log's key was changed by the alliance's operator, who ${told.join(' and ')}.`
}
