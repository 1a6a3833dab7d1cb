import type { Channel } from '../channel.ts'
import { pagerdutySender as sender } from './pagerduty.sender.ts'
import { type Settings, settings } from './settings.ts'

/** Incidents as events of PagerDuty's, so that both can run side by side: opened there, acknowledged and resolved with ours. */
export const pagerduty: Channel<Settings> = {
  ...sender,
  title: { zh: 'PagerDuty', en: 'PagerDuty' },
  summary: {
    en: 'Events API v2 of PagerDuty: an incident there opens, is acknowledged and resolved with ours.',
    zh: 'PagerDuty 的 Events API v2：那边的事件随我方告警单触发、认领、恢复。',
  },
  reaches: 'group',
  settings,
  example: { routingKey: '${PAGERDUTY_ROUTING_KEY}' },
}
