/** The items of the WTA Code of Conduct, by which schemes are compared, and what a definition may say of them. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CODE_ITEMS, CODE_SOURCES, findCodeItem } from '../src/alliance/code-items.js'
import { memberDefinition, source } from '../src/alliance/definition.js'
import { definitionFaults } from '../src/alliance/definition-faults.js'
import { MONITORING, PRINCIPLE_TEXTS, PRINCIPLES } from '../src/alliance/principles.js'
import { LANGUAGES } from '../src/alliance/text.js'

/** The numbering of the source: chapter by chapter, without the headings 1.3 and 2.2. */
const CHAPTERS: readonly [string, string, string][] = [
  ['1', 'disclosure', '1.1 1.2 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5'],
  ['2', 'communication', '2.1 2.2.1 2.2.2'],
  ['3', 'security', '3.1 3.2 3.3 3.4 3.5 3.6'],
  ['4', 'privacy', '4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9'],
  ['5', 'redress', '5.1 5.2 5.3 5.4'],
  ['6', MONITORING, '6.1 6.2'],
]

describe('the items of the WTA Code of Conduct', () => {
  test.each(CHAPTERS)('chapter %s is %s and has the items %s', (chapter, principle, ids) => {
    const items = CODE_ITEMS.filter(({ id }) => id.startsWith(`${chapter}.`))
    expect(items.map(({ id }) => id).join(' ')).toBe(ids)
    expect(new Set(items.map((item) => item.principle))).toEqual(new Set([principle]))
  })

  test('are in the Code’s order, each once, and all belong to a chapter above', () => {
    const ids = CODE_ITEMS.map(({ id }) => id)
    expect(ids).toEqual(CHAPTERS.flatMap(([, , list]) => list.split(' ')))
    expect(new Set(ids).size).toBe(31)
  })

  test('lie in the chapters that the principles name', () => {
    for (const principle of [...PRINCIPLES, MONITORING] as const)
      for (const item of CODE_ITEMS.filter((known) => known.principle === principle))
        expect(Number(item.id[0])).toBe(PRINCIPLE_TEXTS[principle].chapter)
  })

  test('have a name of their own in every language', () => {
    for (const language of LANGUAGES) {
      const names = CODE_ITEMS.map(({ name }) => name[language])
      expect(
        names.every((name) => name !== undefined && name.length > 3),
        language,
      ).toBe(true)
      expect(new Set(names).size, language).toBe(CODE_ITEMS.length)
    }
  })

  test('come with sources that a definition could cite', () => {
    for (const cited of Object.values(CODE_SOURCES)) expect(source.parse(cited)).toEqual(cited)
  })

  test('are found by number, and nothing else is', () => {
    expect(findCodeItem('3.1')?.name.en).toBe('Confidential information in transit')
    for (const id of ['1.3', '2.2', '7.1', '', '3.1.1']) expect(findCodeItem(id)).toBeUndefined()
  })
})

describe('the items of a criterion', () => {
  const text = readFileSync(new URL('../members/th-dbd/member.json', import.meta.url), 'utf8')

  function withItems(items: unknown): unknown {
    const definition = JSON.parse(text)
    const verified = definition.marks.find(({ id }: { id: string }) => id === 'verified')
    verified.criteria.find(({ id }: { id: string }) => id === 'area-2').items = items
    return definition
  }
  const faults = (items: unknown) => definitionFaults(memberDefinition.parse(withItems(items)))

  test('may be left out, as in definitions that were logged before', () => {
    expect(faults(undefined)).toEqual([])
  })

  test.each([
    [['2.1', '2.2.2'], []],
    [['2.3'], [/item "2\.3", which the WTA Code of Conduct does not have/]],
    [['2.1', '2.1'], [/"2\.1" stands twice/]],
    [['2.1', '3.1'], [/is of communication, its item "3\.1" of security: make it two criteria/]],
  ] as [string[], RegExp[]][])('%j has the faults %o', (items, expected) => {
    const found = faults(items)
    expect(found).toHaveLength(expected.length)
    for (const [i, fault] of expected.entries()) expect(found[i]).toMatch(fault)
  })

  test.each([[[]], [['2']], [['two']], [[2.1]], ['2.1']])('%j is no list of items', (items) => {
    expect(memberDefinition.safeParse(withItems(items)).success).toBe(false)
  })
})
