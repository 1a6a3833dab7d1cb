import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import type { HeartbeatSpec } from '../../evaluation/heartbeat.ts'
import type { CheckKindConfig } from '../kind.ts'

const keys = z.strictObject({
  heartbeat: duration('1m', '400d').meta({
    description: 'The job reports at least so often.',
    zh: '任务至少这么久上报一次。',
    examples: ['1d'],
  }),
  grace: duration('0s', '30d').prefault('5m').meta({ description: 'It may be so late.', zh: '允许迟到这么久。' }),
})

const schema: z.ZodType<HeartbeatSpec> = keys.transform(({ heartbeat, grace }) => ({
  periodMs: heartbeat,
  graceMs: grace,
}))

/** No probe runs it: the job itself reports, and silence is what is judged. */
export const heartbeatConfig: CheckKindConfig<HeartbeatSpec> = {
  kind: 'heartbeat',
  schema,
  isPassive: true,
  summary: {
    en: 'Expects a job to report within its period; it is late after that and a grace.',
    zh: '等待任务按周期上报；超过周期加宽限即为迟到。',
  },
}
