import { findingsOf, skipped } from '../../../shared/channels/finding.ts'

/** Why a channel or route is not looked at. */
export const found = findingsOf('channels', {
  sandbox: (does: 'sends' | 'posts' | 'calls', url: string) =>
    skipped({ en: `the local stack ${does} to ${url}`, zh: `本地栈发往 ${url}` }),
  'only-by-sending': () => skipped({ en: 'nothing tells without sending', zh: '不发送就无从得知' }),
  'only-by-calling': () => skipped({ en: 'nothing tells without calling', zh: '不打电话就无从得知' }),
})
