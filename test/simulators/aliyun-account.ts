import { randomUUID } from 'node:crypto'
import { type Acs3Keys, acs3Fault } from './acs3.ts'
import { faultOf } from './failures.ts'
import {
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

export interface AliyunAccountOptions extends ServerOptions, Acs3Keys {
  /** As it is written, such as `1,000.19`. */
  balance: string
  /** When the key was made, UTC ms. */
  keyMadeAt: number
  /** Statuses by name: 0 under review, 1 approved, 2 refused, 10 withdrawn. */
  signs: Record<string, number>
  templates: Record<string, number>
  /** Packages, as the billing centre lists them. */
  packages?: { remark: string; left: string; unit: string; status?: 'Available' | 'Expired' }[]
  now(): number
}

const versions: Record<string, string> = {
  GetSmsSign: '2017-05-25',
  GetSmsTemplate: '2017-05-25',
  QueryAccountBalance: '2017-12-14',
  QueryResourcePackageInstances: '2017-12-14',
  ListAccessKeys: '2015-05-01',
}

/** What Alibaba Cloud tells of an account, with ACS3 recomputed: three products, each with its own word for success. */
export function startAliyunAccount(options: AliyunAccountOptions): Promise<VendorServer> {
  const nonces = new Set<string>()

  function answer(request: VendorRequest): VendorAnswer {
    const action = operationOf(request)
    const fault = acs3Fault(request, options, options.now(), nonces)
    if (fault) return refused(fault.status, fault.code, fault.message)
    if (request.method !== 'POST' || versions[action] !== request.headers['x-acs-version'])
      return refused(404, 'InvalidAction.NotFound', 'The specified API is not found.')
    switch (action) {
      case 'GetSmsSign':
        return review('SignName', 'SignStatus', options.signs, request, 'isv.SMS_SIGNATURE_ILLEGAL')
      case 'GetSmsTemplate':
        return review('TemplateCode', 'TemplateStatus', options.templates, request, 'isv.SMS_TEMPLATE_ILLEGAL')
      case 'QueryAccountBalance':
        return respond({
          Code: '200',
          Message: 'success',
          Success: true,
          Data: { AvailableAmount: options.balance, AvailableCashAmount: options.balance, Currency: 'CNY' },
        })
      case 'QueryResourcePackageInstances':
        return packages(request)
      default:
        return respond({
          AccessKeys: {
            AccessKey: [
              {
                AccessKeyId: options.accessKeyId,
                Status: 'Active',
                CreateDate: new Date(options.keyMadeAt).toISOString().replace(/\.\d+/, ''),
              },
            ],
          },
        })
    }
  }

  /** By pages of at most 300. */
  function packages({ params }: VendorRequest): VendorAnswer {
    const [page, size] = [Number(params.get('PageNum') ?? 1), Number(params.get('PageSize') ?? 20)]
    if (!(page >= 1) || !(size >= 1 && size <= 300)) return refused(400, 'InvalidParameter', 'PageSize')
    const listed = (options.packages ?? []).slice((page - 1) * size, page * size)
    const Instance = listed.map(({ remark, left, unit, status = 'Available' }) => ({
      Remark: remark,
      PackageType: 'FPT_dysms',
      Status: status,
      TotalAmount: '5000',
      RemainingAmount: left,
      RemainingAmountUnit: unit,
    }))
    return respond({ Code: 'Success', Message: 'Successful!', Success: true, Data: { Instances: { Instance } } })
  }

  return startVendorServer(
    {
      answer,
      operation: operationOf,
      refuse: (failure) => {
        const { code, message } = faultOf(failure, { code: 'Throttling.User', message: 'flow control' })
        return refused(400, String(code), message)
      },
    },
    options,
  )
}

function review(
  asks: string,
  tells: string,
  statuses: Record<string, number>,
  { params }: VendorRequest,
  missing: string,
): VendorAnswer {
  const status = statuses[params.get(asks) ?? '']
  if (status === undefined) return respond({ Code: missing, Message: '不存在' })
  const AuditInfo = status === 2 ? { AuditDate: '2024-06-03 12:02:34', RejectInfo: '材料不符' } : {}
  return respond({ Code: 'OK', Message: 'OK', [asks]: params.get(asks), [tells]: written(status, tells), AuditInfo })
}

/** A template's status is a text, a signature's a number (GetSmsTemplate, GetSmsSign). */
function written(status: number, tells: string): number | string {
  return tells === 'TemplateStatus' ? String(status) : status
}

function operationOf({ headers }: VendorRequest): string {
  return String(headers['x-acs-action'])
}

function respond(fields: object): VendorAnswer {
  return { status: 200, body: { RequestId: randomUUID(), ...fields } }
}

function refused(status: number, Code: string, Message: string): VendorAnswer {
  return { status, body: { RequestId: randomUUID(), HostId: 'simulator', Code, Message } }
}
