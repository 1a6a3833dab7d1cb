import * as z from 'zod'

/** A key itself stands in no file; what is written in place of the reference is not told again. */
export const keyReference = z.string().regex(/^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/, {
  error: () => 'a key stands in no file: write a reference such as ${PAY_KEY}',
})
