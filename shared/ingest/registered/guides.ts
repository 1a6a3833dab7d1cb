// Made by `npx node cli/schema.ts` from shared/ingest/registry.ts and the files of each folder; a test compares.

import { alertmanagerGuide } from '../alertmanager/guide.ts'
import { aliyunGuide } from '../aliyun/guide.ts'
import { awsGuide } from '../aws/guide.ts'
import { datadogGuide } from '../datadog/guide.ts'
import { emailGuide } from '../email/guide.ts'
import { fenghuoGuide } from '../fenghuo/guide.ts'
import { genericGuide } from '../generic/guide.ts'
import { grafanaGuide } from '../grafana/guide.ts'
import type { Guide } from '../guide.ts'
import { nightingaleGuide } from '../nightingale/guide.ts'
import { pagerdutyGuide } from '../pagerduty/guide.ts'
import { pagerdutyChangeGuide } from '../pagerduty-change/guide.ts'
import { pagerdutyV1Guide } from '../pagerduty-v1/guide.ts'
import { prometheusGuide } from '../prometheus/guide.ts'
import { seedGuide } from '../seed/guide.ts'
import { sentryGuide } from '../sentry/guide.ts'
import { snsGuide } from '../sns/guide.ts'
import { tencentGuide } from '../tencent/guide.ts'
import { uptimeKumaGuide } from '../uptime-kuma/guide.ts'
import { zabbixGuide } from '../zabbix/guide.ts'

/** What people are told of each format, and what its configuration may say. */
export const guides: Guide[] = [
  fenghuoGuide,
  seedGuide,
  pagerdutyGuide,
  pagerdutyV1Guide,
  pagerdutyChangeGuide,
  grafanaGuide,
  alertmanagerGuide,
  prometheusGuide,
  snsGuide,
  awsGuide,
  nightingaleGuide,
  tencentGuide,
  aliyunGuide,
  zabbixGuide,
  uptimeKumaGuide,
  datadogGuide,
  sentryGuide,
  emailGuide,
  genericGuide,
]
