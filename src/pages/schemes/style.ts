/** Rules of the style sheet for the pages that compare schemes and describe members and marks. */
export const SCHEMES_STYLE = ``
