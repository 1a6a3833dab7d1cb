import * as z from 'zod'

/** A name that identifiers are made of: `project/check`, `project#1#key`. */
export const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'a name has letters, digits, - and _ only, at most 64 of them')
