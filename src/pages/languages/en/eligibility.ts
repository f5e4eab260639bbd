/** English texts of the questionnaire on which mark a shop can get: the catalogue that gives the others their shape. */

export const eligibility = {
  title: 'Which mark can my shop get?',
}

export type EligibilityTexts = typeof eligibility
