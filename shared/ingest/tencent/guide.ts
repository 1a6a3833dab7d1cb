import type { Guide } from '../guide.ts'
import { tencent } from './format.ts'
import { options } from './options.ts'

export const tencentGuide: Guide = {
  format: tencent,
  title: { en: 'Tencent Cloud Observability', zh: '腾讯云可观测平台' },
  options: {
    schema: options,
    summary: { en: 'What becomes of events.', zh: '各事件如何处理。' },
  },
  samples: [
    'tencent-monitor-callback-metric',
    'tencent-monitor-callback-metric-graded',
    'tencent-monitor-callback-metric-recovered',
    'tencent-monitor-callback-event',
    'tencent-monitor-callback-event-ping',
  ],
  setup: {
    en: `Console of Tencent Cloud Observability, *Alarm management* → *Notification template* → *Create*: as API callback
\`{url}/tencent/{key}\`, for alarm triggered and resolved both, at all hours. Then choose the template in each alarm policy, of metrics or of
events. Graded policies bring their severity along (Serious is critical, Warn error, Remind warning); of others it is the project’s. What is
known by policy, object and metric is one incident, however often it is repeated, and its recovery closes it. A machine that was restarted
or ran out of memory never recovers: the chat is told once, unless the settings below say otherwise.`,
    zh: `腾讯云可观测平台控制台「告警管理」→「通知模板」→「新建」：接口回调填 \`{url}/tencent/{key}\`，「告警触发」与「告警恢复」都要勾选，时段选全天；
再在各条告警策略（指标或事件）里选用该模板。分级告警带有严重程度（严重为 critical，警告为 error，提醒为 warning），其余按项目的设置。同一策略、
对象与指标是同一张告警单，重复告警不是新闻，恢复即关闭。机器重启、内存 OOM 没有恢复：只在群里说一次，除非下面的设置另有规定。`,
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
