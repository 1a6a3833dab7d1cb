import type * as z from 'zod'

/** A message that no schema accepts: it will never be understood, however often it comes. */
export class Rejection extends Error {}

/** A rejection that names every place a schema complains about. */
export function rejectionOf(what: string, error: z.ZodError): Rejection {
  const places = error.issues.slice(0, 10).map((issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`)
  return new Rejection(`Not ${what}: ${places.join('; ')}`)
}
