/** The characters of JSON that SQS takes in no message (API reference, SendMessage, "MessageBody"); JSON escapes the others itself. */
const REFUSED = /[\uFFFE\uFFFF]/g

/** A message as the text that a queue takes, whatever a target or a sender wrote in it: JSON that reads as the same value. */
export function queueText(message: unknown): string {
  return JSON.stringify(message).replace(REFUSED, (one) => `\\u${one.charCodeAt(0).toString(16)}`)
}
