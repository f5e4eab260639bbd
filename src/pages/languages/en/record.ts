/** English texts of the page about one record, where a seal leads: the catalogue that gives the others their shape. */

export const record = {
  title: 'Certificate',
}

export type RecordTexts = typeof record
