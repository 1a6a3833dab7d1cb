import * as z from 'zod'
import { severities } from '../../contracts/words.ts'

/** What a project's configuration says under `inbound.tencent`. */
export const options = z.strictObject({
  outcomes: z
    .record(z.string(), z.enum([...severities, 'notice', 'nothing']))
    .exactOptional()
    .meta({
      description:
        'Event, by its English name → a severity, `notice` (told to the chat once, for an event that nothing ends), or `nothing`.',
      zh: '事件英文名 → 严重程度、`notice`（群内通知一次，用于没有恢复的事件）或 `nothing`（忽略）。',
      examples: [{ guest_reboot: 'critical', agent_timeout: 'warning' }],
    }),
})
export type Options = z.infer<typeof options>
