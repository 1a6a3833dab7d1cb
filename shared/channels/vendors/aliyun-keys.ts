import * as z from 'zod'

/** The keys of the configuration by which a channel of Alibaba Cloud says who signs its requests. */
export const aliyunKeys = {
  keyId: z.string().min(1).default('${ALIBABA_CLOUD_ACCESS_KEY_ID}').meta({
    description: 'A key of the account: a reference to the environment.',
    zh: '账号密钥：写成对环境变量的引用。',
  }),
  keySecret: z.string().min(1).default('${ALIBABA_CLOUD_ACCESS_KEY_SECRET}').meta({
    description: 'A key of the account: a reference to the environment.',
    zh: '账号密钥：写成对环境变量的引用。',
  }),
}
