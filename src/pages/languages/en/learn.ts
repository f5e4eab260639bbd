/** English texts that teach how to judge a shop abroad: the catalogue that gives the others their shape. */

export const learn = {
  title: 'How to judge a shop abroad',
}

export type LearnTexts = typeof learn
