import * as z from 'zod/mini'
import { wrong } from '../contracts/mistake.ts'
import { severityTable } from '../contracts/severity-table.ts'
import { throttleIn } from './throttle.ts'

const neverWaits = severityTable.filter(({ holdable }) => !holdable).map(({ name }) => `\`${name}\``)

const perTime = z.exactOptional(
  z.string().check(
    z.refine(
      (text) => throttleIn(text) !== undefined,
      wrong('no-throttle', (input) => ({
        en: `"${input}" is not so many in a time: write 4/1h, from 1m to 1d`,
        zh: `“${input}”不是“几次/多久”：写成 4/1h，从 1m 到 1d`,
      })),
    ),
  ),
)
const unlimited = { en: 'as often as need be', zh: '不限' }

/** How often a contact wants to be reached at most, as oncall.yml has it. */
export const atMost = z
  .exactOptional(
    z.strictObject({
      phone: perTime.check(z.meta({ description: 'Calls.', zh: '电话。', absent: unlimited, examples: ['4/1h'] })),
      sms: perTime.check(
        z.meta({ description: 'Text messages.', zh: '短信。', absent: unlimited, examples: ['10/1h'] }),
      ),
      email: perTime.check(z.meta({ description: 'Mail.', zh: '邮件。', absent: unlimited, examples: ['30/1d'] })),
    }),
  )
  .check(
    z.meta({
      description: `How often they are reached by a channel at most: what is over it goes to their next channel. Never held up by it: the first page of what never waits (${neverWaits.join(', ')}).`,
      zh: `每个渠道最多找此人几次，超出的改用下一个渠道。从不等待的（${neverWaits.join('、')}）第一次呼叫不受限制。`,
      absent: { en: 'as often as need be', zh: '不限' },
      examples: [{ phone: '4/1h', sms: '10/1h' }],
    }),
  )
