/** Who tells the tour: a terminal with pauses, or a list of lines for a program. */

/** What a reader of the tour hears. */
export interface Teller {
  /** Begins a step; the story waits for it, so that it can be read. */
  step(title: string): Promise<void>
  say(line: string): void
}
