import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

/** The keys of the configuration by which a channel of Tencent Cloud says who signs its requests. */
export const tencentKeys = {
  secretId: z.string().min(1).default('${TENCENTCLOUD_SECRET_ID}').meta({
    description: 'A key of the account: a reference to the environment.',
    zh: '账号密钥：写成对环境变量的引用。',
  }),
  secretKey: z.string().min(1).default('${TENCENTCLOUD_SECRET_KEY}').meta({
    description: 'A key of the account: a reference to the environment.',
    zh: '账号密钥：写成对环境变量的引用。',
  }),
}

/** A template's number in the console, or a reference. */
export const tencentTemplate = z.string().regex(
  /^(\d+|\$\{\w+\})$/,
  wrong('no-template', {
    en: 'must be the number of an approved template, in quotes',
    zh: '应为审核通过的模板编号，加引号',
  }),
)
