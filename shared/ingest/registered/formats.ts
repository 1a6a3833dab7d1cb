// Made by `npx node cli/schema.ts` from shared/ingest/registry.ts and the files of each folder; a test compares.

import { alertmanager } from '../alertmanager/format.ts'
import { aliyun } from '../aliyun/format.ts'
import { aws } from '../aws/format.ts'
import { datadog } from '../datadog/format.ts'
import { email } from '../email/format.ts'
import { fenghuo } from '../fenghuo/format.ts'
import type { Format } from '../format.ts'
import { generic } from '../generic/format.ts'
import { grafana } from '../grafana/format.ts'
import { nightingale } from '../nightingale/format.ts'
import { pagerduty } from '../pagerduty/format.ts'
import { pagerdutyChange } from '../pagerduty-change/format.ts'
import { pagerdutyV1 } from '../pagerduty-v1/format.ts'
import { prometheus } from '../prometheus/format.ts'
import { seed } from '../seed/format.ts'
import { sentry } from '../sentry/format.ts'
import { sns } from '../sns/format.ts'
import { tencent } from '../tencent/format.ts'
import { uptimeKuma } from '../uptime-kuma/format.ts'
import { zabbix } from '../zabbix/format.ts'

/** Every format of alerts. The first whose `matches` says yes stands for a body of unknown origin. */
export const formats: Format[] = [
  fenghuo,
  seed,
  pagerduty,
  pagerdutyV1,
  pagerdutyChange,
  grafana,
  alertmanager,
  prometheus,
  sns,
  aws,
  nightingale,
  tencent,
  aliyun,
  zabbix,
  uptimeKuma,
  datadog,
  sentry,
  email,
  generic,
]
