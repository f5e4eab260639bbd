/** English texts on the seal, and of the page that gives it to a shop: the catalogue that gives the others their shape. */

export const seal = {
  title: 'Show the seal',
}

export type SealTexts = typeof seal
