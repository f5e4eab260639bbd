/** Whether a statement was logged, shown by its proof and the pinned key of the log alone (C2SP tlog-proof). */
import { createLogVerifiers, explainLogError, findRetired } from '../../../anchor.js'
import { parseCheckpoint } from '../../../log/checkpoint.js'
import { encodeHex } from '../../../log/encoding.js'
import { quote } from '../../../log/error.js'
import { parseNote } from '../../../log/note.js'
import { parseTlogProof, verifyTlogProof } from '../../../log/tlog-proof.js'
import { Refusal } from '../../../refusal.js'
import { type Anchor, verifyLogged } from '../../../verify.js'
import { asRefuted, OfflineFault, type ProofFile, type StatementFile } from './evidence.js'
import type { Finding, LoggedFacts, OfflineItem, Refuted } from './report.js'

/** A checkpoint whose signature held, with the file it stands in. */
export interface SeenCheckpoint {
  file: string
  size: number
  root: string
}

/** Checks proofs under an anchor, and remembers the checkpoints it has seen. */
export class LogDesk {
  readonly seen: SeenCheckpoint[] = []
  #anchor: Anchor
  readonly #proofs: readonly ProofFile[]
  readonly #used = new Set<ProofFile>()

  constructor(anchor: Anchor, proofs: readonly ProofFile[]) {
    this.#anchor = anchor
    this.#proofs = proofs
  }

  /** What is believed: the pinned keys, and what the operator was shown to have said of them since. */
  get anchor(): Anchor {
    return this.#anchor
  }

  /** Goes on with an anchor that follows from the one before. */
  trust(anchor: Anchor): void {
    this.#anchor = anchor
  }

  /** @param kind that the log must have filed it under */
  async checkStatement({ jws, sha256 }: StatementFile, kind: string): Promise<Finding<LoggedFacts>> {
    const proof = this.#proofs.find(({ entry }) => entry.sha256 === sha256)
    if (!proof) return { state: 'unchecked' }
    this.#used.add(proof)
    return this.#run(proof, () => {
      if (proof.entry.kind !== kind)
        throw new OfflineFault(
          'other-kind',
          `The log calls this statement "${proof.entry.kind}"; it is a ${kind}.`,
        )
      return verifyLogged(proof.text, jws, this.#anchor)
    })
  }

  /** A proof whose statement was not brought. */
  async checkEntry(proof: ProofFile): Promise<Finding<LoggedFacts>> {
    this.#used.add(proof)
    return this.#run(proof, async () => {
      const shown = await verifyTlogProof(proof.text, {
        entry: parseTlogProof(proof.text).extra ?? new Uint8Array(),
        origin: this.#anchor.log.origin,
        verifiers: await createLogVerifiers(this.#anchor),
      }).catch((error) => {
        throw explainLogError(error, parseTlogProof(proof.text).checkpoint, this.#anchor)
      })
      return { ...shown, at: proof.entry.at }
    })
  }

  /** What the log says of a statement, by its proof; nothing where none was brought. */
  findEntry(sha256: string): OfflineItem['entry'] {
    const entry = this.#proofs.find((proof) => proof.entry.sha256 === sha256)?.entry
    return entry && { kind: entry.kind, issuer: entry.issuer, sha256 }
  }

  /** Proofs that were about nothing that was checked. */
  listUnused(): ProofFile[] {
    return this.#proofs.filter((proof) => !this.#used.has(proof))
  }

  /** Remembers a checkpoint whose signature was verified. */
  remember(file: string, note: string): void {
    const { size, root } = parseCheckpoint(parseNote(note).text)
    this.seen.push({ file, size, root: encodeHex(root) })
  }

  /** One log has one tree of each size: two that differ show that it tells different people different things. */
  findFork(): Refuted | undefined {
    for (const one of this.seen) {
      const other = this.seen.find(({ size, root }) => size === one.size && root !== one.root)
      if (other)
        return {
          code: 'forked',
          detail: `The log's key signed two different trees of size ${one.size}, in ${one.file} and ${other.file}. Keep both files: they prove that the hub shows different logs. Tell the alliance and the agencies.`,
        }
    }
    return undefined
  }

  async #run(
    proof: ProofFile,
    verify: () => Promise<{ index: number; size: number; at: number }>,
  ): Promise<Finding<LoggedFacts>> {
    try {
      const { index, size, at } = await verify()
      this.remember(proof.file, parseTlogProof(proof.text).checkpoint)
      return { state: 'confirmed', index, size, log: this.#anchor.log.origin, at: isoTimeOf(at) }
    } catch (error) {
      return { state: 'refuted', ...this.#tell(asRefuted(error, proof.file), proof) }
    }
  }

  /** A key that the anchor doesn't know is no reason to trust the key: it says whose log it is, and where to turn. */
  #tell(refuted: Refuted, { text, file }: ProofFile): Refuted {
    if (!['signature-missing', 'origin-mismatch', 'unknown-log-key'].includes(refuted.code)) return refuted
    const { origin } = this.#anchor
    const note = parseNote(parseTlogProof(text).checkpoint)
    const [shown = ''] = note.text.split('\n', 1)
    if (shown !== this.#anchor.log.origin)
      return {
        file,
        code: 'unknown-log',
        detail: `This proof is of the log ${quote(shown)}; the anchor holds the keys of the log ${quote(this.#anchor.log.origin)}. Check it with the anchor of the hub whose log it is.`,
      }
    const retired = findRetired(parseTlogProof(text).checkpoint, this.#anchor.log)
    if (retired)
      return {
        file,
        code: 'unknown-log-key',
        detail: `This proof is signed by ${retired}, which the alliance's operator retired, and by no key in use. Whoever stole that key can make such a one; if the log gave it while the key was in use, it also gives one under its key of now.`,
      }
    const keys = note.signatures.map(({ name, keyId }) => `${name}+${encodeHex(keyId)}`)
    return {
      file,
      code: 'unknown-log-key',
      detail: `This proof is of the log ${quote(shown)}, but signed by ${quote(keys.join(', '))}, which the anchor does not know. If the log has changed its key, bring the operator's statement about it (kind log-key) with its own proof, from the time when the known key signed too; or pin the alliance's keys anew with "trustmark verify <record> --hub ${origin} --pin <new file>" and compare them by another way, such as the telephone. If neither knows the key, the proof is forged.`,
    }
  }
}

/** Epoch ms as ISO 8601; a time that no calendar has stays a refusal. */
function isoTimeOf(at: number): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime()))
    throw new Refusal('bad-claims', { detail: 'The log entry has a time that no calendar has.', value: at })
  return date.toISOString()
}
