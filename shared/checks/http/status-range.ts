/** A range of HTTP statuses, both ends included. */
export type StatusRange = [from: number, to: number]
