import * as z from 'zod/mini'
import { wrong } from '../../contracts/mistake.ts'

/** The keys of the configuration by which a channel of Tencent Cloud says who signs its requests. */
export const tencentKeys = {
  secretId: z._default(z.string().check(z.minLength(1)), '${TENCENTCLOUD_SECRET_ID}').check(
    z.meta({
      description: 'A key of the account: a reference to the environment.',
      zh: '账号密钥：写成对环境变量的引用。',
    }),
  ),
  secretKey: z._default(z.string().check(z.minLength(1)), '${TENCENTCLOUD_SECRET_KEY}').check(
    z.meta({
      description: 'A key of the account: a reference to the environment.',
      zh: '账号密钥：写成对环境变量的引用。',
    }),
  ),
}

/** A template's number in the console, or a reference. */
export const tencentTemplate = z.string().check(
  z.regex(
    /^(\d+|\$\{\w+\})$/,
    wrong('no-template', {
      en: 'must be the number of an approved template, in quotes',
      zh: '应为审核通过的模板编号，加引号',
    }),
  ),
)
