/** An invocation's time is over before its work is: its message comes again, and only what is left is done then. */
export class OutOfTime extends Error {
  constructor() {
    super('The time of this invocation is over: the rest comes again')
  }
}
