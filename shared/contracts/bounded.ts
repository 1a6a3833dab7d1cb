import * as z from 'zod/mini'

/** A text of at least so many UTF-16 units, and at most so many. */
export const text = (least: number, most: number) => z.string().check(z.minLength(least), z.maxLength(most))

/** A text of at most so many UTF-16 units; it may be empty. */
export const textUpTo = (most: number) => z.string().check(z.maxLength(most))

/** A point in time: UTC ms. */
export const instant = z.int().check(z.positive())
