/**
 * Proof of work for filing: costs one person a moment and a flood of filings a farm. Several small puzzles instead of one
 * large, so that nobody is unlucky for long; bound to the quote, so that work done once files one case.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { WorkDemand } from './envelope.js'

/**
 * On a calm day: 16 puzzles of 2048 tries on average, a third of a second on a slow phone, which does some 100,000 hashes
 * a second in JavaScript (an eighth of a small server's core).
 */
export const BASE_WORK: WorkDemand = { bits: 11, puzzles: 16 }
/** At the worst: 48 puzzles of 4096 tries, 2 s on that phone and, in one case in a thousand, 3. */
export const MAX_WORK: WorkDemand = { bits: 12, puzzles: 48 }

/** Hashes between two pauses: some 20 ms of a slow phone, so that the page still answers to a finger. */
const SLICE = 2048
/** A nonce has 32 bits: with 24 bits of work all of them fail once in e^256. */
const NONCE_LIMIT = 2 ** 32
const CHALLENGE_BYTES = 32
const PUZZLE_BYTES = CHALLENGE_BYTES + 8

/**
 * Solves the work that a quote demands.
 * @param quote the quote's compact JWS
 * @param onProgress told the solved fraction, rising to 1
 * @returns the nonces in decimal with dots between, in the order of the puzzles
 * @throws the signal's reason when aborted
 */
export async function solveWork(
  quote: string,
  { bits, puzzles }: WorkDemand,
  onProgress?: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  const nonces: number[] = []
  let hashes = 0
  for (let puzzle = 0; puzzle < puzzles; puzzle += 1) {
    const tries = startPuzzle(quote, puzzle)
    let nonce = 0
    while (leadingZeros(tries(nonce)) < bits) {
      nonce += 1
      hashes += 1
      if (nonce >= NONCE_LIMIT) throw new RangeError(`no nonce gives ${bits} leading zero bits`)
      if (hashes % SLICE === 0) {
        await pause()
        signal?.throwIfAborted()
      }
    }
    nonces.push(nonce)
    onProgress?.((puzzle + 1) / puzzles)
  }
  signal?.throwIfAborted()
  return nonces.join('.')
}

/** Whether a solution holds for exactly this quote and demand; costs one hash for each puzzle. */
export function checkWork(quote: string, { bits, puzzles }: WorkDemand, work: string): boolean {
  const nonces = work.split('.')
  return (
    nonces.length === puzzles &&
    nonces.every(
      (text, puzzle) =>
        // One spelling only, or one solution would look like many.
        /^(0|[1-9]\d{0,9})$/.test(text) &&
        Number(text) < NONCE_LIMIT &&
        leadingZeros(startPuzzle(quote, puzzle)(Number(text))) >= bits,
    )
  )
}

/** SHA-256 of (SHA-256 of the quote, number of the puzzle, nonce), both numbers in 32 bits, the highest byte first. */
function startPuzzle(quote: string, puzzle: number): (nonce: number) => Uint8Array {
  const input = new Uint8Array(PUZZLE_BYTES)
  input.set(sha256(new TextEncoder().encode(quote)))
  const view = new DataView(input.buffer)
  view.setUint32(CHALLENGE_BYTES, puzzle)
  return (nonce) => {
    view.setUint32(CHALLENGE_BYTES + 4, nonce)
    return sha256(input)
  }
}

function leadingZeros(hash: Uint8Array): number {
  // The schema allows 24 bits of work at most, so the first four bytes decide.
  const [a = 0, b = 0, c = 0, d = 0] = hash
  return Math.clz32(a * 0x1000000 + b * 0x10000 + c * 0x100 + d)
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
