import { aliyunSmsLastResort } from './aliyun-sms/last-resort.ts'
import type { LastResort } from './last-resort.ts'
import { smtpLastResort } from './smtp/last-resort.ts'
import { tencentSmsLastResort } from './tencent-sms/last-resort.ts'
import { wecomRobotLastResort } from './wecom-robot/last-resort.ts'

/**
 * Every channel that works with nothing but environment variables, in the order in which they are told. It stands apart from the
 * registry because probes carry it.
 */
export const lastResorts: LastResort<unknown>[] = [
  wecomRobotLastResort,
  tencentSmsLastResort,
  aliyunSmsLastResort,
  smtpLastResort,
]
