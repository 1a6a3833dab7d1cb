import { asWritten, type Bilingual, inBoth } from '../../shared/contracts/words.ts'
import { CloudError, type FaultKind } from '../provider/backend.ts'
import { concealed } from '../provider/service.ts'

/** What both SDKs tell of a refusal, in one shape. */
interface Refusal {
  status: number | undefined
  code: string
  message: Bilingual
  requestId: string | undefined
  retryAfterMs: number | undefined
}

/** Codes of what became of the connection: Node, and the HTTP library of both SDKs. */
const CONNECTION = /^(E[A-Z_]+|UND_ERR_[A-Z_]+)$/

/** Such as FunctionNotFound, AsyncConfigNotExists, ProjectNotExist; and such as TriggerAlreadyExists. */
const MISSING = /NotFound$|NotExists?$/
const TAKEN = /AlreadyExists?$/

/** How `@alicloud/fc2` puts status and request id into its message, which is all it tells of them. */
const FC2_MESSAGE = /^[A-Z]+ \/\S* failed with (\d{3})\. requestid: (\S+), message: (.*)\.$/s

/** How `@alicloud/openapi-core` frames the vendor's message. */
const FC3_MESSAGE = /^(?:[\w.]+: )?code: \d{3}, (.*?)(?: request id: \S+)?$/s

/** What follows the words that a person needs: the text that the vendor signed, and the whole request that got no answer. */
const TRACE = /(?: server string to sign is:|GET http|POST http|PUT http|DELETE http).*$/s

/**
 * What to do about a code with its message, the first that fits (Function Compute, "Error codes"; RAM and STS, "Common errors").
 * Function Compute says AccessDenied of clocks and tokens too.
 */
const ADVICE: [RegExp, Bilingual][] = [
  [
    /time ?stamp|header date|request time|TimeTooSkewed|RequestExpired|clock/i,
    { en: 'Set this machine’s clock: it may be 15 minutes off at most.', zh: '校准本机时钟：最多可差 15 分钟。' },
  ],
  [
    /SecurityToken/i,
    {
      en: 'Get new temporary keys: the token is expired, or does not belong to this access key.',
      zh: '重新获取临时密钥：token 已过期，或与这个 AccessKey 不配。',
    },
  ],
  [
    /^Signature(Not|DoesNot)Match/,
    {
      en: 'Check ALIBABA_CLOUD_ACCESS_KEY_SECRET and this machine’s clock.',
      zh: '检查 ALIBABA_CLOUD_ACCESS_KEY_SECRET 和本机时钟。',
    },
  ],
  [
    /^InvalidAccessKeyId/i,
    {
      en: 'Check ALIBABA_CLOUD_ACCESS_KEY_ID: the key is deleted, disabled, or of another account.',
      zh: '检查 ALIBABA_CLOUD_ACCESS_KEY_ID：密钥已删除、已禁用，或属于别的账号。',
    },
  ],
  [
    /^(AccessDenied|Forbidden|NoPermission|Unauthorized)/,
    {
      en: 'Give this RAM user the policy in the README of this plugin, and check ALIBABA_CLOUD_ACCOUNT_ID.',
      zh: '给这个 RAM 用户本插件 README 里的策略，并检查 ALIBABA_CLOUD_ACCOUNT_ID。',
    },
  ],
  [
    /^\w*(LimitExceeded|QuotaExceeded)/,
    {
      en: 'Ask for a higher quota in the Quota Center, or remove what is not needed.',
      zh: '在配额中心（Quota Center）申请提高配额，或删除不用的。',
    },
  ],
  [
    /^(EntityTooLarge|CodeSizeExceeded)/,
    {
      en: 'Make the zip smaller: bundle with esbuild and exclude what is not used.',
      zh: '缩小 zip：用 esbuild 打包，并排除不用的。',
    },
  ],
  [
    /^ResourcePoolInsufficientCapacity/,
    {
      en: 'This region has no room at the moment: try again later or in another region.',
      zh: '这个地域暂时没有资源：稍后再试，或换一个地域。',
    },
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN)/,
    {
      en: 'Check provider.region and ALIBABA_CLOUD_ACCOUNT_ID: there is no such host.',
      zh: '检查 provider.region 和 ALIBABA_CLOUD_ACCOUNT_ID：没有这个主机。',
    },
  ],
  [
    /^(ECONN|ETIMEDOUT|RequestTimeout|EPIPE)/,
    {
      en: 'Check the network, and FENGHUO_ALIYUN_URL if it is set.',
      zh: '检查网络；设置了 FENGHUO_ALIYUN_URL 的话也检查它。',
    },
  ],
  [
    /^(ProvisionConfigExist|ResidentScalingConfigExist)/,
    { en: 'Delete the provisioned instances in the console first.', zh: '先在控制台删除预留实例。' },
  ],
  [
    /^InvalidArgument: (project|logstore) /,
    {
      en: 'Make the project and the log store of Simple Log Service first, in this region.',
      zh: '先在这个地域创建日志服务（SLS）的 project 和 logstore。',
    },
  ],
]

/**
 * What a call of either SDK threw, as the vendor's code and message: ROA errors {code, message, requestId} of FC 3.0,
 * {ErrorCode, ErrorMessage} or {errorCode, errorMessage} of FC 2.0, {errorCode, errorMessage} of Simple Log Service, a
 * connection that broke, or an answer that is no JSON, of which only `answered`, its status, is known. `secrets` are taken out of
 * the message. A thing of no such form is a mistake of this program and comes back as it is.
 */
export function cloudError(thrown: unknown, action: string, secrets: readonly string[], answered?: number): unknown {
  if (!(thrown instanceof Error)) return thrown
  const refusal = refusalOf(thrown, answered)
  if (!refusal) return thrown
  const { status, code, requestId, retryAfterMs } = refusal
  const message = inBoth((language) => concealed(refusal.message[language].replace(TRACE, ''), secrets))
  const advice = ADVICE.find(([form]) => form.test(`${code}: ${message.en}`))?.[1]
  return new CloudError(message, {
    kind: kindOf(status, code),
    code,
    action,
    ...(requestId === undefined ? {} : { requestId }),
    ...(advice === undefined ? {} : { advice }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** Whether what was asked for is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof CloudError && error.kind === 'stale' && MISSING.test(error.code)
}

function refusalOf(error: Error, answered: number | undefined): Refusal | undefined {
  if (error instanceof SyntaxError) {
    if (answered !== undefined && answered >= 400) return refusal(answered, undefined, undefined, undefined)
    const message = { en: `The answer is no JSON: ${error.message}`, zh: `应答不是 JSON：${error.message}` }
    return { status: undefined, code: 'BadResponse', message, requestId: undefined, retryAfterMs: undefined }
  }
  const told = error as Error & {
    code?: unknown
    statusCode?: unknown
    requestId?: unknown
    retryAfter?: unknown
    data?: { statusCode?: unknown; requestId?: unknown }
  }
  if (/RequestTimeout/.test(error.name)) return connection('RequestTimeout', error.message)
  if (typeof told.code === 'string' && CONNECTION.test(told.code)) return connection(told.code, error.message)

  const fc2 = FC2_MESSAGE.exec(error.message)
  if (fc2 && /^FC.*Error$/.test(error.name)) {
    const [, status, requestId, message = ''] = fc2
    return refusal(Number(status), told.code, message, requestId)
  }
  const status = told.statusCode ?? told.data?.statusCode
  if (typeof status !== 'number') return undefined
  const message = FC3_MESSAGE.exec(error.message)?.[1] ?? error.message
  const retryAfterMs = typeof told.retryAfter === 'number' && told.retryAfter > 0 ? told.retryAfter : undefined
  return { ...refusal(status, told.code, message, told.requestId ?? told.data?.requestId), retryAfterMs }
}

function connection(code: string, message: string): Refusal {
  return { status: undefined, code, message: asWritten(message), requestId: undefined, retryAfterMs: undefined }
}

/** An SDK writes `undefined` for what the answer does not tell; a code is then made of the status. */
function refusal(status: number, code: unknown, message: unknown, requestId: unknown): Refusal {
  return {
    status,
    code: told(code) ?? codeOf(status, told(message)),
    message: asWritten(told(message) ?? `HTTP ${status}`),
    requestId: told(requestId),
    retryAfterMs: undefined,
  }
}

function told(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== 'undefined' ? value : undefined
}

/** Who says nothing is not the vendor: that a proxy has no such page does not mean that a function is not there. */
function codeOf(status: number, message: string | undefined): string {
  if (message === undefined) return `HTTP${status}`
  if (status === 404) return 'NotFound'
  if (status === 409 && /already exist/i.test(message)) return 'AlreadyExists'
  return `HTTP${status}`
}

function kindOf(status: number | undefined, code: string): FaultKind {
  if (code === 'ENOTFOUND' || /^InvalidAccessKey/.test(code)) return 'final'
  if (MISSING.test(code) || TAKEN.test(code) || code === 'PreconditionFailed') return 'stale'
  if (status === 409) return 'busy'
  if (status === undefined || status === 429 || status >= 500 || /Throttl/.test(code)) return 'transient'
  return 'final'
}

/** Whether a version was not made because it would hold what the newest one holds. */
export function isUnchanged(error: unknown): boolean {
  return error instanceof CloudError && error.code === 'VersionPublishError'
}

/** For what was asked of a function that is not there. */
export function absent(name: string): CloudError {
  return new CloudError(
    { en: `${name} is not there`, zh: `没有 ${name}` },
    {
      kind: 'final',
      code: 'FunctionNotFound',
      advice: { en: 'Deploy it first.', zh: '先部署。' },
    },
  )
}

/** For an answer that lacks what it is for. */
export function lacking(action: string, what: string): CloudError {
  return new CloudError(
    { en: `The answer names no ${what}`, zh: `应答里没有 ${what}` },
    { kind: 'final', code: 'BadResponse', action },
  )
}
