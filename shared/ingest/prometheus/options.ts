import * as z from 'zod'

/** What a project's configuration says under `inbound.prometheus`. */
export const options = z.strictObject({
  whenSilent: z.enum(['tell', 'resolve']).exactOptional().meta({
    description:
      'Of an alert that its sender has not repeated in time: `tell` that its state is unknown, or `resolve` it.',
    zh: '发送方没有按时重复的告警：`tell` 告知状态未知，`resolve` 视为恢复。',
    default: 'tell',
  }),
})
export type Options = z.infer<typeof options>
