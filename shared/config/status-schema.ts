import * as z from 'zod'
import { duration } from '../contracts/duration.ts'
import { mistake, noteMistakes, wrong } from '../contracts/mistake.ts'
import { subscriptionWays } from '../contracts/status-page.ts'
import { address } from './console-schema.ts'
import { copy } from './copy-schema.ts'
import { keyReference } from './key-reference.ts'

const LONGEST_TITLE = 60

const text = z
  .string()
  .max(LONGEST_TITLE)
  .regex(
    /^[^\p{Cc}]*[^\s\p{Cc}][^\p{Cc}]*$/u,
    wrong('no-line', { en: 'must be one line that can be read', zh: '应为一行可读的文字' }),
  )

/** What outsiders read: the same in each language, or by language. */
function said(description: string, zh: string, ...examples: unknown[]) {
  const each = z.strictObject({
    zh: text.meta({ description: 'In Chinese.', zh: '中文。', examples: ['支付'] }),
    en: text.meta({ description: 'In English.', zh: '英文。', examples: ['Payments'] }),
  })
  return z.union([text, each]).meta({ description, zh, examples })
}

/** Of what outsiders use: which checks it stands on. */
export const component = z.strictObject({
  title: said('What outsiders call it.', '外部对它的叫法。', { zh: '支付', en: 'Payments' }),
  checks: z
    .array(z.string())
    .min(1)
    .max(100)
    .meta({
      description: 'Checks that it stands on: `project/check`, or a project for all of its checks.',
      zh: '它所依赖的检查：`项目/检查`；写项目名则为其所有检查。',
      examples: [['pay/web', 'pay/api']],
    }),
})

/** A page of `status`, without its components, which the reader takes one by one. */
export const statusPage = z
  .strictObject({
    title: said('Whose page it is.', '页面的标题。', '示例支付'),
    languages: z
      .array(z.enum(['zh', 'en']))
      .min(1)
      .max(2)
      .default(['zh', 'en'])
      .meta({
        description: 'In which languages, the first for readers who prefer neither.',
        zh: '用哪些语言；读者偏好的都没有时用第一个。',
      }),
    logo: z
      .string()
      .regex(
        /\.(svg|png|jpe?g|webp)$/i,
        wrong('no-image', (input) => ({
          en: `"${input}" is no image: name an .svg, .png, .jpg or .webp file beside this one`,
          zh: `“${input}”不是图片：写本文件旁边的 .svg、.png、.jpg 或 .webp 文件`,
        })),
      )
      .exactOptional()
      .meta({
        description: 'An image of at most 64 kB beside this file, which the page carries in itself.',
        zh: '本文件旁边的图片，至多 64 kB，内嵌在页面中。',
        examples: ['logo.svg'],
      }),
    token: keyReference.exactOptional().meta({
      description: 'What readers have to show, as a reference to a variable of at least 16 characters: `?token=…`.',
      zh: '读者须出示的令牌，写成对变量的引用，至少 16 个字符：`?token=…`。',
      absent: { en: 'anybody reads it', zh: '任何人可读' },
      examples: ['${STATUS_TOKEN}'],
    }),
    url: address.exactOptional().meta({
      description: 'Where outsiders read it, for links in feeds and mails.',
      zh: '外部访问它的地址，用于订阅源和邮件里的链接。',
      absent: { en: '`/status/<name>` of the console', zh: '控制台的 `/status/<名称>`' },
      examples: ['https://status.example.com/status/pay'],
    }),
    incidents: z.enum(['by-hand', 'automatic']).default('by-hand').meta({
      description:
        'By hand, outsiders see what people tell them; `automatic` shows what checks see at once, and tells of incidents in words of its own.',
      zh: '`by-hand`：只显示人工发布的内容；`automatic`：立即显示检查所见，并自动发布告警单，用固定的措辞。',
    }),
    after: duration('0s', '1h')
      .exactOptional()
      .meta({
        description: 'With `incidents: automatic`: an incident is told of when it has lasted so long.',
        zh: '配合 `incidents: automatic`：告警单持续这么久才发布。',
        default: '5m',
        examples: ['10m'],
      }),
    subscribe: z
      .array(z.enum(subscriptionWays))
      .min(1)
      .exactOptional()
      .meta({
        description:
          'How outsiders may have updates sent to them: by `mail`, through `channels.email`, or to a `webhook` of their own.',
        zh: '外部可用什么方式接收更新：`mail` 为邮件，经 `channels.email` 发出；`webhook` 发到他们自己的地址。',
        absent: { en: 'not at all', zh: '不能' },
        examples: [['mail', 'webhook']],
      }),
    copy: copy.exactOptional().meta({
      description: 'A copy that is put elsewhere, so that it stands when this region does not.',
      zh: '存到别处的副本，本地域不可用时仍可查看。',
      absent: { en: 'none', zh: '无' },
    }),
  })
  .superRefine(({ token, copy }, context) => {
    if (token !== undefined && copy !== undefined)
      noteMistakes(context, [
        [
          'copy',
          mistake('open-copy', {
            en: 'a copy is read without a token: leave out `copy` or `token`',
            zh: '副本不需要令牌就能读：去掉 `copy` 或 `token`',
          }),
        ],
      ])
  })
  .superRefine(({ incidents, after }, context) => {
    if (after !== undefined && incidents !== 'automatic')
      noteMistakes(context, [
        [
          'after',
          mistake('no-effect', {
            en: 'has no effect without `incidents: automatic`',
            zh: '没有 `incidents: automatic` 时没有作用',
          }),
        ],
      ])
  })

/** A page as it was read, its image as a data URL. */
export type StatusPage = z.infer<typeof statusPage> & { components: Record<string, z.infer<typeof component>> }
