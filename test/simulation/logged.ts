/** An entry of a log. */
export interface Logged {
  /** UTC ms. */
  at: number
  entry: object
}
