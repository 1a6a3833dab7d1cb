/** What the vendor answers when it does not do what it was asked for: HTTP 200 with this code inside. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
