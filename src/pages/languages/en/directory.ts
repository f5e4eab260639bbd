/** English texts of the directory of certified shops: the catalogue that gives the others their shape. */

export const directory = {
  title: 'Certified shops',
}

export type DirectoryTexts = typeof directory
