/** Rules of the style sheet for the page that teaches how to judge a shop abroad. */
export const LEARN_STYLE = ``
