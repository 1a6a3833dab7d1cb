/** The last part of an ARN, which is an id where somebody has written that: APIs of Amazon Connect take nothing longer. */
export function idOf(idOrArn: string): string {
  return idOrArn.slice(idOrArn.lastIndexOf('/') + 1)
}
