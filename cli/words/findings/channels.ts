import { findingsOf, skipped } from '../../../shared/channels/diagnoses/finding.ts'

/** Why a channel or route is not looked at. */
export const found = findingsOf('channels', {
  'no-receipts-address': () =>
    skipped(
      { en: 'the deployed page names no address of acknowledge', zh: '部署的 page 函数没有 acknowledge 的地址' },
      { en: 'deploy first', zh: '先部署' },
    ),
  receipts: (address: string) =>
    skipped(
      {
        en: `what became of texts is to be posted to ${address}; no API tells whether it is`,
        zh: `短信回执应推送到 ${address}；没有接口能说明是否如此`,
      },
      {
        en: 'write it into the console of the vendor, as the address of delivery reports',
        zh: '在厂商控制台填为短信状态回执的地址',
      },
    ),
  sandbox: (does: 'sends' | 'posts' | 'calls', url: string) =>
    skipped({ en: `the local stack ${does} to ${url}`, zh: `本地栈发往 ${url}` }),
  'only-by-sending': () => skipped({ en: 'nothing tells without sending', zh: '不发送就无从得知' }),
  'only-by-calling': () => skipped({ en: 'nothing tells without calling', zh: '不打电话就无从得知' }),
})
