import type { Guide } from '../guide.ts'
import { zabbix } from './format.ts'

export const zabbixGuide: Guide = {
  format: zabbix,
  title: { en: 'Zabbix', zh: 'Zabbix' },
  samples: ['zabbix-problem', 'zabbix-recovery'],
  setup: {
    en: `Import [zabbix-media-type.yaml](../zabbix-media-type.yaml) (*Alerts* → *Media types* → *Import*; Zabbix 6.0 or newer), set the global macro
\`{$FENGHUO.URL}\` to \`{url}/zabbix/{key}\` and \`{$ZABBIX.URL}\` to your Zabbix, give a user this medium, and let an action send it
problems, recoveries and updates. What it acknowledges there is acknowledged here; it tries three times, 10 s apart.`,
    zh: `导入 [zabbix-media-type.yaml](../zabbix-media-type.yaml)（*告警* → *媒介类型* → *导入*，Zabbix 6.0 或更新），把全局宏 \`{$FENGHUO.URL}\` 设为
\`{url}/zabbix/{key}\`，\`{$ZABBIX.URL}\` 设为你的 Zabbix，给一个用户配上此媒介，并让动作发送问题、恢复和更新。在那边确认即在这边认领；
失败重试 3 次、间隔 10 秒。`,
  },
  example: {
    body: {
      event_id: 'fenghuo-test',
      event_value: '1',
      event_update: '0',
      event_name: '{test}',
      event_nseverity: '1',
    },
    resolved: { event_id: 'fenghuo-test', event_value: '0', event_update: '0', event_name: '{test}' },
  },
}
