/** Rules of the style sheet for the page about one record, where a seal leads. */
export const RECORD_STYLE = ``
