import * as z from 'zod'
import { wrong } from '../contracts/mistake.ts'

/** A key itself stands in no file; what is written in place of the reference is not told again. */
export const keyReference = z.string().regex(
  /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/,
  wrong('key-in-file', {
    en: 'a key stands in no file: write a reference such as ${PAY_KEY}',
    zh: '密钥不写进文件：写成引用，如 ${PAY_KEY}',
  }),
)
