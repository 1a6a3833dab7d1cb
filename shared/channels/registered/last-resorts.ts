// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import { aliyunSmsLastResort } from '../aliyun-sms/last-resort.ts'
import type { LastResort } from '../last-resorts/last-resort.ts'
import { smtpLastResort } from '../smtp/last-resort.ts'
import { tencentSmsLastResort } from '../tencent-sms/last-resort.ts'
import { wecomRobotLastResort } from '../wecom-robot/last-resort.ts'

/** What works with nothing but environment variables, in the order in which it is told: probes carry it. */
export const lastResorts: LastResort<unknown>[] = [
  wecomRobotLastResort,
  tencentSmsLastResort,
  aliyunSmsLastResort,
  smtpLastResort,
]
