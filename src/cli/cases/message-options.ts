/** What an officer writes, as options of a command: a text in its language, translations beside it, money. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import { languageTag } from '../../alliance/text.js'
import { type AuthoredText, MAX_FREE_TEXT, money } from '../../dispute/payload.js'
import { ConfigError } from '../../node.js'
import { readText } from '../workspace.js'

/** Options of every command that can carry words. */
export interface TextOptions {
  text?: string
  textFile?: string
  lang?: string
  translation?: string[]
  made?: 'human' | 'machine'
}

/** Adds them to a command. */
export function addTextOptions(command: Command): Command {
  return command
    .option('--text <text>', 'what you write')
    .option('--text-file <file>', 'the same, from a text file in UTF-8')
    .option('--lang <language>', 'in which language it is (default: the agency’s first)')
    .option(
      '--translation <language=text...>',
      'a translation to stand beside it: ja=… or, from a file, ja=@answer-ja.txt',
    )
    .addOption(new Option('--made <how>', 'how the translations were made').choices(['human', 'machine']))
}

/**
 * The texts of a message: the original first, then its translations, each marked with how it was made. None without
 * `--text` and `--text-file`.
 * @throws ConfigError when something does not fit together
 */
export function readTexts(options: TextOptions, cwd: string, defaultLang: string): AuthoredText[] {
  if (options.text !== undefined && options.textFile !== undefined)
    throw new ConfigError('Give --text or --text-file, not both.')
  const original =
    options.text ?? (options.textFile === undefined ? undefined : readText(resolve(cwd, options.textFile)))
  const translations = options.translation ?? []
  if (original === undefined) {
    if (translations.length > 0)
      throw new ConfigError('A translation stands beside its original. Add --text or --text-file.')
    return []
  }
  if (translations.length > 0 && options.made === undefined)
    throw new ConfigError(
      'Say how the translation was made: --made human or --made machine. The reader is told.',
    )
  const made = options.made ?? 'human'
  return [
    checkText(options.lang ?? defaultLang, original, 'original'),
    ...translations.map((given) => {
      const [, lang = '', text = ''] = /^([^=]*)=(.*)$/s.exec(given) ?? []
      return checkText(lang, text.startsWith('@') ? readText(resolve(cwd, text.slice(1))) : text, made)
    }),
  ]
}

function checkText(lang: string, given: string, made: AuthoredText['made']): AuthoredText {
  if (!languageTag.safeParse(lang).success)
    throw new ConfigError(`"${lang}" is no language tag such as th or ja.`)
  const text = given
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trim()
  if (text === '') throw new ConfigError('The text is empty.')
  if (text.length > MAX_FREE_TEXT)
    throw new ConfigError(
      `The text has ${text.length} characters; ${MAX_FREE_TEXT} are the most. Put the rest into a PDF with --attach.`,
    )
  return { lang, text, made }
}

export interface MoneyOptions {
  amount?: string
  currency?: string
}

/** Adds `--amount` and `--currency`. */
export function addMoneyOptions(command: Command): Command {
  return command
    .option('--amount <amount>', 'in units of the currency, such as 1290 or 1290.50')
    .option('--currency <code>', 'such as THB')
}

/** @throws ConfigError when only one of both is given, or one is none */
export function readMoney({
  amount,
  currency,
}: MoneyOptions): { amount: string; currency: string } | undefined {
  if (amount === undefined && currency === undefined) return undefined
  const parsed = money.safeParse({ amount, currency: currency?.toUpperCase() })
  if (parsed.success) return parsed.data
  throw new ConfigError('Give an amount with its currency, such as --amount 1290 --currency THB.')
}
