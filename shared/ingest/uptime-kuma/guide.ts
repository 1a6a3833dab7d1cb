import type { Guide } from '../guide.ts'
import { uptimeKuma } from './format.ts'

export const uptimeKumaGuide: Guide = {
  format: uptimeKuma,
  title: { en: 'Uptime Kuma', zh: 'Uptime Kuma' },
  samples: ['uptime-kuma-down', 'uptime-kuma-up', 'uptime-kuma-test', 'uptime-kuma-certificate'],
  setup: {
    en: 'A notification of the type *Webhook* with the URL `{url}/uptime-kuma/{key}`; JSON or form, both do. Each installation needs a key of its own, for the numbers of monitors repeat.',
    zh: '新建 *Webhook* 通知，地址填 `{url}/uptime-kuma/{key}`，JSON 或表单均可。监控项编号会重复，请为每个安装使用单独的密钥。',
  },
  example: {
    body: { heartbeat: { status: 0 }, monitor: { id: 'fenghuo-test', name: '{test}' }, msg: '{test}' },
    resolved: { heartbeat: { status: 1 }, monitor: { id: 'fenghuo-test', name: '{test}' }, msg: '{test}' },
  },
}
