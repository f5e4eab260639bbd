/** Sealing in workerd: the same code, the same answers, so that an agency may run its desk on Workers too. */
import { describe, expect, it } from 'vitest'
import type { SealedComplaint } from '../../src/dispute/envelope.js'
import type { SealedPlace } from '../../src/dispute/sealed/check-sealed.js'
import { openConsumer } from '../../src/dispute/sealed/consumer.js'
import { openSealed } from '../../src/dispute/sealed/open-complaint.js'
import { checkWork, solveWork } from '../../src/dispute/work.js'
import { COMPLAINT, makeScene } from '../sealed-scene.js'
import complaint from '../vectors/sealed/valid/complaint.json' with { type: 'json' }
import secret from '../vectors/sealed/valid/secret.json' with { type: 'json' }

describe('on Workers', () => {
  it('a complaint is sealed to keys of every curve, and opened again', async () => {
    const scene = await makeScene({ lead: ['P-256', 'P-384', 'X25519'] })
    for (const { privateJwk } of [...scene.lead, ...scene.partner])
      expect((await openSealed(scene.sealed, scene.place, privateJwk)).complaint).toEqual(COMPLAINT)
  })

  it('what Node sealed is opened, and a secret opens the same keys', async () => {
    const { sealed, place, readers } = complaint as unknown as {
      sealed: SealedComplaint
      place: SealedPlace
      readers: { privateJwk: object }[]
    }
    for (const { privateJwk } of readers)
      expect((await openSealed(sealed, place, privateJwk)).complaint).toEqual(complaint.complaint)
    const consumer = await openConsumer(secret.reference, secret.secret, secret.sealed)
    expect(consumer.accessKey).toBe(secret.accessKey)
  })

  it('work is solved and checked', async () => {
    const work = await solveWork('quote', { bits: 8, puzzles: 4 })
    expect(checkWork('quote', { bits: 8, puzzles: 4 }, work)).toBe(true)
  })
})
