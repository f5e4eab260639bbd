/** Rules of the style sheet for the directory of certified shops. */
export const DIRECTORY_STYLE = ``
