import { alertmanager } from './alertmanager/format.ts'
import type { Format } from './format.ts'
import { grafana } from './grafana/format.ts'
import { pagerduty } from './pagerduty/format.ts'
import { pagerdutyChange } from './pagerduty-change/format.ts'
import { pagerdutyV1 } from './pagerduty-v1/format.ts'
import { prometheus } from './prometheus/format.ts'

/** Every format that comes in by HTTP. The first whose `matches` says yes stands for a body of unknown origin. */
export const formats: readonly Format[] = [pagerduty, pagerdutyV1, pagerdutyChange, grafana, alertmanager, prometheus]
