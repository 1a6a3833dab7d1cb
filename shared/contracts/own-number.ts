import * as z from 'zod'
import { wrong } from './mistake.ts'

/** A number of our own, as a configuration has it: E.164, or the `${NAME}` that will hold it. */
export const ownNumber = z.string().regex(
  /^(\+[1-9]\d{1,14}|\$\{\w+\})$/,
  wrong('no-e164', {
    en: 'must be E.164 and quoted, such as "+6531580000"',
    zh: '应为带引号的 E.164 号码，如 "+6531580000"',
  }),
)
