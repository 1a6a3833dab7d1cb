import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { faultOf, type VendorFault } from './failures.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from './server.ts'
import { tc3Fault } from './tc3.ts'
import { listSigns, listTemplates, type Reviewed, reviewRequests } from './tencent-sms-reviews.ts'

/** A package of texts, times in UTC ms. */
export interface Package {
  amount: number
  used: number
  from: number
  to: number
}

export interface TencentAccountOptions extends ServerOptions, Reviewed {
  secretId: string
  secretKey: string
  app: string
  packages: Package[]
  /** Hundredths of a yuan; below nothing in arrears. */
  balance: number
  /** When the key was made, UTC ms. */
  keyMadeAt: number
  now(): number
}

const hour = z.string().regex(/^\d{10}$/)

/** Each action's product, version and request, from the vendor's models. */
const actions = {
  SmsPackagesStatistics: {
    service: 'sms',
    version: '2021-01-11',
    request: z.strictObject({
      SmsSdkAppId: z.string(),
      Limit: z.int().min(1).max(500),
      Offset: z.int().min(0),
      BeginTime: hour,
      EndTime: hour,
    }),
  },
  DescribeSmsTemplateList: { service: 'sms', version: '2021-01-11', request: reviewRequests.DescribeSmsTemplateList },
  DescribeSmsSignList: { service: 'sms', version: '2021-01-11', request: reviewRequests.DescribeSmsSignList },
  DescribeAccountBalance: { service: 'billing', version: '2018-07-09', request: z.strictObject({}) },
  ListAccessKeys: { service: 'cam', version: '2019-01-16', request: z.strictObject({ TargetUin: z.int().optional() }) },
}
type Action = keyof typeof actions
type Asked = z.infer<(typeof actions)['SmsPackagesStatistics']['request']>

const TOO_FAST: VendorFault = { code: 'RequestLimitExceeded', message: 'The number of requests exceeds the limit.' }

/** What Tencent Cloud tells of an account, with TC3 recomputed for the product of each action. */
export function startTencentAccount(options: TencentAccountOptions): Promise<VendorServer> {
  function answer(request: VendorRequest) {
    const action = operationOf(request)
    if (!isAction(action)) return refuse({ code: 'InvalidAction', message: `The action ${action} is not found.` })
    const { service, version, request: schema } = actions[action]
    const fault = tc3Fault(request, { ...options, service }, options.now())
    if (fault) return refuse(fault)
    if (request.headers['x-tc-version'] !== version)
      return refuse({ code: 'NoSuchVersion', message: 'The version is not found.' })
    const { data, error } = schema.safeParse(jsonObject(request.body))
    if (error) return refuse({ code: 'InvalidParameter', message: error.issues[0]?.message ?? '' })
    return respond(answers[action](data as never))
  }

  const answers: Record<Action, (data: never) => Record<string, unknown>> = {
    SmsPackagesStatistics: ({ SmsSdkAppId, Limit, Offset, BeginTime, EndTime }: Asked) => {
      const isOwn = SmsSdkAppId === options.app && EndTime > BeginTime && hourAt(options.now()) >= EndTime
      const listed = isOwn ? options.packages.slice(Offset, Offset + Limit) : []
      return {
        SmsPackagesStatisticsSet: listed.map(({ amount, used, from, to }, id) => ({
          PackageCreateTime: from / 1000,
          PackageEffectiveTime: from / 1000,
          PackageExpiredTime: to / 1000,
          PackageAmount: amount,
          PackageType: 1,
          PackageId: id,
          CurrentUsage: used,
        })),
      }
    },
    DescribeSmsTemplateList: (data) => listTemplates(data, options),
    DescribeSmsSignList: (data) => listSigns(data, options),
    DescribeAccountBalance: () => ({ Balance: options.balance, RealBalance: options.balance, Uin: 100000000001 }),
    ListAccessKeys: () => ({
      AccessKeys: [
        { AccessKeyId: 'AKIDother', Status: 'Inactive', CreateTime: '2019-01-01 00:00:00', Description: null },
        {
          AccessKeyId: options.secretId,
          Status: 'Active',
          CreateTime: beijing(options.keyMadeAt).slice(0, 19).replace('T', ' '),
          Description: null,
        },
      ],
    }),
  }

  return startVendorServer(
    { answer, operation: operationOf, refuse: (failure) => refuse(faultOf(failure, TOO_FAST)) },
    options,
  )
}

function isAction(action: string): action is Action {
  return action in actions
}

function operationOf({ headers }: VendorRequest): string {
  return String(headers['x-tc-action'])
}

function beijing(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString()
}

function hourAt(at: number): string {
  return beijing(at).slice(0, 13).replace(/\D/g, '')
}

function refuse({ code, message }: VendorFault) {
  return respond({ Error: { Code: String(code), Message: message } })
}

function respond(response: Record<string, unknown>) {
  return { status: 200, body: { Response: { ...response, RequestId: randomUUID() } } }
}
