import type { Guide } from '../guide.ts'
import { tencent } from './format.ts'

export const tencentGuide: Guide = {
  format: tencent,
  title: { en: 'Tencent Cloud Observability', zh: '腾讯云可观测平台' },
  samples: [
    'tencent-monitor-callback-metric',
    'tencent-monitor-callback-metric-graded',
    'tencent-monitor-callback-metric-recovered',
    'tencent-monitor-callback-event',
    'tencent-monitor-callback-event-ping',
  ],
  setup: {
    en: 'A notification template with the callback URL `{url}/tencent/{key}`. Graded policies bring their severity along; of others it is the project’s.',
    zh: '通知模板的接口回调填 `{url}/tencent/{key}`。分级告警带有严重程度，其余按项目的设置。',
  },
  example: {
    body: {
      alertId: 'fenghuo-test_Remind',
      alarmStatus: '1',
      alarmType: 'event',
      alarmPolicyInfo: { policyName: 'fenghuo-test', conditions: { eventName: '{test}' } },
    },
    resolved: {
      alarmStatus: '0',
      alarmType: 'event',
      alarmPolicyInfo: { policyName: 'fenghuo-test', conditions: { eventName: '{test}' } },
    },
  },
}
