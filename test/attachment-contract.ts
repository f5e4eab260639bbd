/** What every place for sealed files must do; knows no runtime, so that it runs in workerd on D1 and R2 too. */
import { describe, expect, it } from 'vitest'
import type { AttachmentStore } from '../src/hub/cases/ports.js'

const KEY = 'JP-7Q4K9-MXW2C/AAAAAAAAAAAAAAAAAAAAAA'

/** Every value of a byte, again and again; no two sizes end alike. */
export function sampleBytes(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) % 256)
}

async function same(found: Uint8Array | undefined, wanted: Uint8Array): Promise<boolean> {
  if (found?.length !== wanted.length) return false
  return found.every((byte, i) => byte === wanted[i])
}

export function attachmentContract(name: string, open: () => Promise<AttachmentStore>): void {
  describe(`sealed files in ${name}`, () => {
    it.each([1, 1000, 393_216, 393_217, 1_048_576, 1_048_577, 3_000_000])(
      'gives %i bytes back',
      async (size) => {
        const store = await open()
        const bytes = sampleBytes(size)
        await store.put(KEY, bytes)
        expect(await same(await store.get(KEY), bytes)).toBe(true)
      },
    )

    it('replaces a file that is written again, also by a shorter one', async () => {
      const store = await open()
      await store.put(KEY, sampleBytes(900_000))
      await store.put(KEY, sampleBytes(10))
      expect(await store.get(KEY)).toEqual(sampleBytes(10))
    })

    it('keeps files apart, and answers nothing for one that is not there', async () => {
      const store = await open()
      await store.put(`${KEY}1`, sampleBytes(5))
      await store.put(`${KEY}2`, sampleBytes(6))
      expect(await store.get(`${KEY}1`)).toEqual(sampleBytes(5))
      expect(await store.get(`${KEY}2`)).toEqual(sampleBytes(6))
      expect(await store.get(`${KEY}3`)).toBeUndefined()
    })

    it('removes files for good, and passes over those that are gone', async () => {
      const store = await open()
      await store.put(`${KEY}small`, sampleBytes(5))
      await store.put(`${KEY}large`, sampleBytes(1_500_000))
      await store.put(`${KEY}other`, sampleBytes(7))
      await store.remove([`${KEY}small`, `${KEY}large`, `${KEY}never`])
      expect(await store.get(`${KEY}small`)).toBeUndefined()
      expect(await store.get(`${KEY}large`)).toBeUndefined()
      expect(await store.get(`${KEY}other`)).toEqual(sampleBytes(7))
      await store.remove([])
    })
  })
}
