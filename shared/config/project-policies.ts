import * as z from 'zod'

/** By which policies a project's incidents are paged, and may be handed over to. */
export const projectPolicies = {
  policy: z.string().exactOptional().meta({
    description: 'Who is paged: a key of `policies`.',
    zh: '呼叫谁：`policies` 中的名称。',
    default: 'default',
  }),
  handOver: z
    .array(z.string())
    .exactOptional()
    .meta({
      description: 'Keys of `policies` to which somebody may hand over its incidents, beside its own.',
      zh: '`policies` 中的名称：除自己的以外，告警单还可以转给哪些策略。',
      examples: [['dba', 'network']],
    }),
}
