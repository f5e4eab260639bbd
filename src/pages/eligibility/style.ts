/** Rules of the style sheet for the questionnaire on which mark a shop can get. */
export const ELIGIBILITY_STYLE = ``
