import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import type { HeartbeatSpec } from '../../evaluation/heartbeat.ts'
import type { CheckKindConfig } from '../kind.ts'

const keys = z.strictObject({
  heartbeat: duration('1m', '400d').describe('The job reports at least so often, such as 1d.'),
  grace: duration('0s', '30d').prefault('5m').describe('It may be so late. Default 5m.'),
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
  summary: 'Expects a job to report within its period; it is late after that and a grace.',
}
