/** Choosing files, for a complaint and for a message of a case alike: how many, how large, and what is told of the others. */
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../src/alliance/text.js'
import { addFiles } from '../src/browser/kit/file-field.js'
import type { ReadFile } from '../src/browser/kit/read-file.js'
import { TEXTS } from '../src/pages/languages/texts.js'

const KB = 1024
const pdf = (name: string, bytes: number): File =>
  new File(['%PDF-', 'x'.repeat(bytes - 5)], name, { type: 'application/pdf' })

function keep(files: readonly ReadFile[] = []) {
  let kept = files
  return {
    get: () => kept,
    set: (next: ReadFile[]) => {
      kept = next
    },
  }
}

describe.each([
  ['the complaint', (lang: (typeof LANGUAGES)[number]) => TEXTS[lang].complaint.claim.fileFaults],
  ['the case', (lang: (typeof LANGUAGES)[number]) => TEXTS[lang].case.attach.faults],
])('files of %s', (_, faultsOf) => {
  it('are taken until all together would be too large', async () => {
    const held = keep()
    const faults = faultsOf('en')
    const said = await addFiles(
      [pdf('a.pdf', 30 * KB), pdf('b.pdf', 20 * KB), pdf('c.pdf', 10 * KB)],
      { count: 10, bytes: 40 * KB },
      held,
      { faults },
      () => undefined,
    )
    expect(held.get().map(({ name }) => name)).toEqual(['a.pdf', 'c.pdf'])
    expect(said).toEqual([faults.total])
  })

  it('are taken until there are as many as may be', async () => {
    const held = keep()
    const faults = faultsOf('en')
    const room = { count: 1, bytes: 40 * KB }
    const said = await addFiles([pdf('a.pdf', KB), pdf('b.pdf', KB)], room, held, { faults }, () => undefined)
    expect(held.get()).toHaveLength(1)
    expect(said).toEqual([faults.many.replace('{count}', '1')])
  })

  it.each(LANGUAGES)('have every fault told in %s', (lang) => {
    const faults = faultsOf(lang)
    expect(Object.keys(faults).sort()).toEqual(
      ['empty', 'heic', 'many', 'too-large', 'total', 'type', 'unreadable'].sort(),
    )
    expect(faults.many).toContain('{count}')
  })
})
