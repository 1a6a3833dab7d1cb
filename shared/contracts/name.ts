import * as z from 'zod/mini'
import { wrong } from './mistake.ts'

/** A name that identifiers are made of: `project/check`, `project#1#key`. */
export const name = z.string().check(
  z.regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    wrong('no-name', {
      en: 'a name has letters, digits, - and _ only, at most 64 of them',
      zh: '名称只能有字母、数字、- 和 _，最多 64 个',
    }),
  ),
)
