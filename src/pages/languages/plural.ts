/** Counted texts: English has two forms, other languages as many as they need (Unicode CLDR, plural rules). */

/** A text for each form that the language tells apart; `other` is always there. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** The shape of an English catalogue for another language: the same texts, counted ones in that language's own forms. */
export type Catalogued<T> = T extends { one: string; other: string }
  ? Plural
  : T extends object
    ? { [K in keyof T]: Catalogued<T[K]> }
    : T
