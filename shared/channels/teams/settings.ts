import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

export const settings = z.strictObject({
  url: z
    .string()
    .refine(
      (url) => url.includes('${') || URL.parse(url)?.protocol === 'https:',
      wrong('no-url', { en: 'should begin with https://', zh: '应以 https:// 开头' }),
    )
    .meta({
      description: 'The whole address of the workflow: it is a secret, so a reference to the environment.',
      zh: '工作流的完整地址：它是凭证，请写成对环境变量的引用。',
      examples: ['${TEAMS_URL}'],
    }),
})
export type Settings = z.infer<typeof settings>
