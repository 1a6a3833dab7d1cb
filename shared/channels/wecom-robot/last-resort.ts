import type { LastResort } from '../last-resorts/last-resort.ts'

const RECIPIENTS = 'LAST_RESORT_WECOM_KEY'

/** A WeCom group robot as a last resort: it mentions everybody. */
export const wecomRobotLastResort: LastResort<unknown> = {
  type: 'wecom-robot',
  recipients: RECIPIENTS,
  variables: {
    [RECIPIENTS]: {
      en: 'a WeCom group robot: what follows `key=` in its address. It mentions everybody',
      zh: '企业微信群机器人：地址中 `key=` 之后的部分。会提到所有人',
    },
  },
  urgentOnly: false,
  read({ needed, wrong }) {
    const key = needed(RECIPIENTS, RECIPIENTS)
    if (key.includes('/'))
      wrong({
        en: `${RECIPIENTS} should be what follows key= in the address`,
        zh: `${RECIPIENTS} 应为地址中 key= 之后的部分`,
      })
    return { to: [key] }
  },
  sender: () => import('./wecom-robot.last-resort.ts'),
  diagnose: () => import('./diagnose.ts'),
}
