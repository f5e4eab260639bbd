/** Proof of work: hard to make, easy to check, and good for one quote only. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workDemand } from '../src/dispute/envelope.js'
import { BASE_WORK, checkWork, MAX_WORK, solveWork } from '../src/dispute/work.js'
import { sha256Hex } from '../src/trust/digest.js'

const QUOTE = 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl'
const DEMAND = { bits: 8, puzzles: 4 }

describe('proof of work', () => {
  it('is solved and holds for its quote', async () => {
    const work = await solveWork(QUOTE, DEMAND)
    expect(work).toMatch(/^\d+(\.\d+){3}$/)
    expect(checkWork(QUOTE, DEMAND, work)).toBe(true)
    // Replayed for another quote, or for harder work, it is worth nothing.
    expect(checkWork(`${QUOTE}x`, DEMAND, work)).toBe(false)
    expect(checkWork(QUOTE, { ...DEMAND, puzzles: 5 }, work)).toBe(false)
    expect(checkWork(QUOTE, { ...DEMAND, bits: 24 }, work)).toBe(false)
    expect(checkWork(QUOTE, { ...DEMAND, puzzles: 3 }, work)).toBe(false)
  })

  it('is what its description says, by any implementation', async () => {
    const work = await solveWork(QUOTE, DEMAND)
    work.split('.').forEach((nonce, puzzle) => {
      const input = Buffer.alloc(40)
      Buffer.from(sha256Hex(QUOTE), 'hex').copy(input)
      input.writeUInt32BE(puzzle, 32)
      input.writeUInt32BE(Number(nonce), 36)
      expect(sha256Hex(input)).toMatch(/^00/)
    })
  })

  it('is asked for within what the schema allows, and never makes an answer too long', () => {
    for (const demand of [BASE_WORK, MAX_WORK]) expect(workDemand.safeParse(demand).success).toBe(true)
    const longest = Array.from({ length: 64 }, () => String(2 ** 32 - 1)).join('.')
    expect(longest.length).toBeLessThan(2000)
    const tries = ({ bits, puzzles }: typeof BASE_WORK) => puzzles * 2 ** bits
    // A slow phone does some 100,000 hashes a second; with so many puzzles hardly anyone needs half as much again.
    expect((tries(MAX_WORK) * 1.5) / 100_000).toBeLessThan(3)
    expect(tries(BASE_WORK)).toBeLessThan(tries(MAX_WORK) / 4)
  })

  it.each([
    ['nothing', ''],
    ['too few', '1.2.3'],
    ['too many', '1.2.3.4.5'],
    ['leading zeros', (w: string) => `0${w}`],
    ['a sign', (w: string) => `+${w}`],
    ['white space', (w: string) => ` ${w}`],
    ['a trailing dot', (w: string) => `${w}.`],
    ['an exponent', (w: string) => w.replace(/^\d+/, '1e3')],
    ['hexadecimal', (w: string) => w.replace(/^\d+/, '0x1')],
    ['a nonce beyond 32 bits', (w: string) => w.replace(/^\d+/, (n) => String(Number(n) + 2 ** 32))],
    ['Thai digits', (w: string) => w.replace(/\d/, '๑')],
    ['puzzles exchanged', (w: string) => w.split('.').reverse().join('.')],
  ])('is refused with %s', async (_name, bend) => {
    const work = await solveWork(QUOTE, DEMAND)
    expect(checkWork(QUOTE, DEMAND, typeof bend === 'string' ? bend : bend(work))).toBe(false)
  })

  it('is never found in any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => !checkWork(QUOTE, { bits: 16, puzzles: 2 }, text)),
    )
  })

  it('tells how far it is, and lets others do something meanwhile', async () => {
    const told: number[] = []
    let turns = 0
    const clock = setInterval(() => {
      turns += 1
    }, 0)
    await solveWork(QUOTE, { bits: 11, puzzles: 16 }, (fraction) => told.push(fraction))
    clearInterval(clock)
    expect(told).toHaveLength(16)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told.at(-1)).toBe(1)
    expect(turns).toBeGreaterThan(2)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const solving = solveWork(QUOTE, { bits: 24, puzzles: 64 }, undefined, stop.signal)
    setTimeout(() => stop.abort(new Error('she left')), 20)
    await expect(solving).rejects.toThrow('she left')
  })

  it('is refused where it is not for the quote it was made for, by known answers', () => {
    const { unsolved } = JSON.parse(
      readFileSync(new URL('vectors/sealed/invalid-work.json', import.meta.url), 'utf8'),
    ) as { unsolved: { about: string; quote: string; demand: typeof DEMAND; work: string }[] }
    expect(unsolved.length).toBeGreaterThan(3)
    for (const { about, quote, demand, work } of unsolved)
      expect(checkWork(quote, demand, work), about).toBe(false)
  })
})
