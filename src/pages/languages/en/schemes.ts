/** English texts of the pages that compare schemes and describe members and marks: the catalogue that gives the others their shape. */

export const schemes = {
  title: 'Marks compared',
}

export type SchemesTexts = typeof schemes
