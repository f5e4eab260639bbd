/** What the soak test stands on: several hubs over one database, and whatever can be done to them. */

export interface Field {
  /** Each answers requests for itself; a request to one that was killed rejects. */
  hubs: readonly ((path: string, init?: RequestInit) => Promise<Response>)[]
  /** Kills something in the middle of whatever it does, and starts it again. */
  disturb(): Promise<void>
  /** What a scheduler outside would do once in a while. */
  tick(): Promise<void>
  close(): Promise<void>
}
