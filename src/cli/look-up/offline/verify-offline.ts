/** `trustmark verify --offline`: the part of the command that reads files instead of asking a hub. */
import { resolve } from 'node:path'
import type { Language } from '../../../alliance/text.js'
import { ConfigError } from '../../../node.js'
import { EXIT, type Surroundings, type Terminal } from '../../terminal.js'
import { checkOffline } from './check-offline.js'
import { formatOffline } from './format-report.js'
import { readGiven, readOfflineAnchor, readOne } from './read-files.js'

export interface OfflineOptions {
  anchor?: string
  proof: string[]
  admission?: string
  verdict?: string
  lang: Language
  /** Where the caller named one: the anchor must be this hub's. */
  origin: string | undefined
}

/**
 * Checks files and tells what they show. Nothing in here, or below, knows how to reach a network.
 * @param given a record, a proof, or a folder
 * @throws ConfigError for wrong use
 */
export async function verifyOffline(
  given: string,
  options: OfflineOptions,
  { cwd, now }: Pick<Surroundings, 'cwd' | 'now'>,
  terminal: Terminal,
): Promise<void> {
  if (options.anchor === undefined)
    throw new ConfigError(
      'Without network the alliance’s keys must be named: --anchor <file>. Use those that you pinned with "trustmark verify --pin", or the anchor.json of a folder that you saved yourself; one that came with somebody else’s files proves nothing.',
    )
  const path = (file: string) => resolve(cwd, file)
  const anchor = await readOfflineAnchor(path(options.anchor), options.origin)
  const files = [
    ...readGiven(path(given)),
    ...options.proof.map((file) => readOne(path(file), 'proof')),
    ...(options.admission ? [readOne(path(options.admission), 'admission')] : []),
    ...(options.verdict ? [readOne(path(options.verdict), 'verdict')] : []),
  ]
  const report = await checkOffline(files, anchor, now() / 1000)
  if (report.items.length === 0 && report.refuted.length === 0)
    throw new ConfigError(`${given} holds neither a record nor the proof of one: there is nothing to check.`)
  const isShown = report.items.some(
    ({ logged, signedBy }) => logged.state !== 'unchecked' || signedBy.state !== 'unchecked',
  )
  if (!isShown && report.refuted.length === 0)
    throw new ConfigError(
      'A record alone shows nothing: bring its proof (--proof), its issuer’s admission (--admission), or both.',
    )
  for (const line of formatOffline(report, options.lang)) terminal.print(line)
  terminal.result(report)
  if (!report.confirmed) terminal.exit(EXIT.refused)
}
