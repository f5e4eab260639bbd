/** Days, times, amounts and sizes as the reader writes them (DESIGN 4.13); made once, for Intl objects are slow to make. */
import type { Language } from '../../alliance/text.js'

/** Others are their own locale. */
const LOCALES: Partial<Record<Language, string>> = { en: 'en-GB', th: 'th-TH', vi: 'vi-VN', ja: 'ja-JP' }
/** A calendar day without a time: it is that day everywhere. */
const BARE_DAY = /^\d{4}-\d{2}-\d{2}$/
/** From here on sizes are shown in MB. */
const MEGABYTE = 1024 * 1024

export interface Formats {
  /** A day (YYYY-MM-DD) as it is, a moment on the day of the reader's own clock. Thai days count Buddhist years. */
  day(iso: string): string
  /** Day and minute on the reader's own clock. */
  time(iso: string): string
  country(code: string): string
  language(tag: string): string
  /** `{amount: '1290.00', currency: 'THB'}` with the currency's code, which has one meaning everywhere. */
  money(value: { amount: string; currency: string }): string
  size(bytes: number): string
  number(value: number): string
}

/** @param timeZone of the reader; absent: that of the device */
export function createFormats(lang: Language, timeZone?: string): Formats {
  const locale = LOCALES[lang] ?? lang
  const days = (zone: string | undefined): ((iso: string) => string) => {
    const format = new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: lang === 'vi' ? 'numeric' : 'long',
      day: 'numeric',
      ...(lang === 'th' && { era: 'short' as const }),
      ...(zone && { timeZone: zone }),
    })
    if (lang !== 'vi') return (iso) => format.format(new Date(iso))
    // CLDR's long form has "22 tháng 11, 2026"; people write the year with its word.
    return (iso) => {
      const parts = format.formatToParts(new Date(iso))
      const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
      return `${of('day')} tháng ${of('month')} năm ${of('year')}`
    }
  }
  const bareDay = days('UTC')
  const localDay = days(timeZone)
  const minutes = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  })
  const numbers = new Intl.NumberFormat(locale)
  const sizes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const regions = new Intl.DisplayNames(locale, { type: 'region' })
  const tongues = new Intl.DisplayNames(locale, { type: 'language' })
  const day = (iso: string): string => (BARE_DAY.test(iso) ? bareDay(iso) : localDay(iso))
  return {
    day,
    time: (iso) => `${day(iso)}${lang === 'ja' ? ' ' : ', '}${minutes.format(new Date(iso))}`,
    country: (code) => regions.of(code) ?? code,
    language: (tag) => tongues.of(tag) ?? tag,
    money: ({ amount, currency }) => {
      const digits = amount.split('.')[1]?.length ?? 0
      const number = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
      return `${number.format(Number(amount))} ${currency}`
    },
    size: (bytes) =>
      bytes < MEGABYTE
        ? `${numbers.format(Math.max(1, Math.round(bytes / 1024)))} kB`
        : `${sizes.format(bytes / MEGABYTE)} MB`,
    number: (value) => numbers.format(value),
  }
}
