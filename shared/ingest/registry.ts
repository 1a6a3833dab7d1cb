// One line for each folder. What is registered of it is made by `npx node cli/schema.ts`.

/** The formats of alerts, those of the events queue first: the first that knows a body of unknown origin reads it. */
export const formats = [
  'fenghuo',
  'seed',
  'pagerduty',
  'pagerduty-v1',
  'pagerduty-change',
  'grafana',
  'alertmanager',
  'prometheus',
  'sns',
  'aws',
  'nightingale',
  'tencent',
  'aliyun',
  'zabbix',
  'uptime-kuma',
  'datadog',
  'sentry',
  'email',
  'generic',
]
