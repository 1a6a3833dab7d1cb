import { asWritten, type Bilingual } from '../../shared/contracts/words.ts'
import { CloudError, type FaultKind } from '../provider/backend.ts'
import { concealed } from '../provider/service.ts'

/** What the SDK throws: `code` is the vendor's, `httpCode` a status without one; neither: the connection. */
interface SdkError {
  code?: unknown
  httpCode?: unknown
  message?: unknown
  requestId?: unknown
}

/**
 * Refusals because of the function's state, of which the vendor does not say which comes when (error codes of the actions of
 * SCF 2018-04-16): all mean to wait and repeat.
 */
const BUSY = new Set([
  'FailedOperation.CreateAlias',
  'FailedOperation.CreateTrigger',
  'FailedOperation.DeleteFunction',
  'FailedOperation.DeleteTrigger',
  'FailedOperation.FunctionNameStatusError',
  'FailedOperation.FunctionStatusError',
  'FailedOperation.FunctionVersionStatusNotActive',
  'FailedOperation.OperationConflict',
  'FailedOperation.ProvisionedInProgress',
  'FailedOperation.PublishVersion',
  'FailedOperation.ReservedInProgress',
  'FailedOperation.UpdateAlias',
  'FailedOperation.UpdateFunctionCode',
  'FailedOperation.UpdateFunctionConfiguration',
  'FailedOperation.UpdateTrigger',
  'FailedOperation.UpdateTriggerStatus',
  'ResourceInUse',
  'UnsupportedOperation.PublishVersion',
])

const TRANSIENT = /^(RequestLimitExceeded|InternalError|ResourceUnavailable\.SystemError)(\.|$)/

const MISSING = /^ResourceNotFound\.(Function|FunctionName|FunctionVersion|Version|Qualifier|Alias|Trigger|Timer)$/

const EXISTS = /^ResourceInUse\.(Function|FunctionName|Alias|Trigger|TriggerName)$/

/** What to do about a code, or about codes of this form. */
const ADVICE: [RegExp, Bilingual][] = [
  [
    /^AuthFailure\.SignatureExpire$/,
    { en: "Set this machine's clock: it may be five minutes off at most.", zh: '校准本机时钟：最多可差五分钟。' },
  ],
  [
    /^AuthFailure\.SignatureFailure$/,
    {
      en: 'Check TENCENTCLOUD_SECRET_KEY: it does not belong to this secret id.',
      zh: '检查 TENCENTCLOUD_SECRET_KEY：它与这个 secret id 不配。',
    },
  ],
  [
    /^AuthFailure\.(SecretIdNotFound|InvalidSecretId)$/,
    {
      en: 'Check TENCENTCLOUD_SECRET_ID: the key is deleted or disabled.',
      zh: '检查 TENCENTCLOUD_SECRET_ID：密钥已删除或禁用。',
    },
  ],
  [
    /^AuthFailure\.TokenFailure$/,
    {
      en: 'Get new temporary keys: the token is expired or does not belong to this key.',
      zh: '重新获取临时密钥：token 已过期，或与这个密钥不配。',
    },
  ],
  [
    /^(AuthFailure\.UnauthorizedOperation|UnauthorizedOperation)/,
    { en: 'Give this user the policy in the README of this plugin.', zh: '给这个用户本插件 README 里的策略。' },
  ],
  [
    /^FailedOperation\.QcsRoleNotFound$/,
    {
      en: 'Open the SCF console once: it makes the role SCF_QcsRole.',
      zh: '打开一次 SCF 控制台：它会创建角色 SCF_QcsRole。',
    },
  ],
  [/^ResourceNotFound\.(Function|FunctionName|Qualifier|Alias)$/, { en: 'Deploy it first.', zh: '先部署。' }],
  [
    /^ResourceNotFound\.Role$/,
    {
      en: 'Make this role in Cloud Access Management, with SCF as its carrier.',
      zh: '在访问管理（CAM）创建这个角色，载体选 SCF。',
    },
  ],
  [
    /^ResourceNotFound\.Namespace$/,
    {
      en: 'Make this namespace in the SCF console, or leave provider.namespace out.',
      zh: '在 SCF 控制台创建这个命名空间，或不写 provider.namespace。',
    },
  ],
  [/InsufficientBalance$/, { en: 'Top up the account.', zh: '请充值。' }],
  [
    /^LimitExceeded\./,
    {
      en: 'Remove what is not needed, or ask the vendor for a higher quota.',
      zh: '删除不用的，或向厂商申请提高配额。',
    },
  ],
  [
    /^UnsupportedRegion$/,
    {
      en: 'Check provider.region: ap-guangzhou, ap-shanghai, ap-singapore and others have SCF.',
      zh: '检查 provider.region：ap-guangzhou、ap-shanghai、ap-singapore 等地域有 SCF。',
    },
  ],
  [
    /^RequestLimitExceeded/,
    {
      en: 'Run this again in a minute: other calls use up the rate of this account.',
      zh: '过一分钟再执行：这个账号的调用频率已被别的调用用完。',
    },
  ],
  [
    /^NoAnswer$/,
    {
      en: 'Check the network and provider.region, and FENGHUO_TENCENT_URL if it is set.',
      zh: '检查网络和 provider.region；设置了 FENGHUO_TENCENT_URL 的话也检查它。',
    },
  ],
]

/** What one call of the SDK threw, without secrets. */
export function cloudError(thrown: unknown, action: string, secrets: readonly string[]): CloudError {
  const { code, httpCode, message, requestId } = (thrown ?? {}) as SdkError
  const named = typeof code === 'string' && /^[A-Z][a-z]/.test(code) ? code : undefined
  const shown = named ?? (typeof httpCode === 'number' ? `HTTP ${httpCode}` : 'NoAnswer')
  const advice = ADVICE.find(([pattern]) => pattern.test(shown))?.[1]
  return new CloudError(asWritten(concealed(String(message ?? thrown), secrets)), {
    kind: kindOf(named, httpCode),
    code: shown,
    action,
    ...(typeof requestId === 'string' && requestId !== '' ? { requestId } : {}),
    ...(advice === undefined ? {} : { advice }),
  })
}

/**
 * Whether a call failed because the thing it names is not there. One list of the vendor's explains `InvalidParameterValue.
 * FunctionName` so, another as a name that is not allowed, which is not called at all.
 */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof CloudError && (MISSING.test(error.code) || error.code === 'InvalidParameterValue.FunctionName')
  )
}

/** Without a code of the vendor, a status below 500 other than 429 is final, and what became of the connection passes. */
function kindOf(code: string | undefined, status: unknown): FaultKind {
  if (code === undefined) return typeof status === 'number' && status < 500 && status !== 429 ? 'final' : 'transient'
  if (TRANSIENT.test(code)) return 'transient'
  if (BUSY.has(code)) return 'busy'
  return MISSING.test(code) || EXISTS.test(code) ? 'stale' : 'final'
}

/** An answer that is no error and not what its action promises either: trying again would end alike. */
export function unclear(action: string, words: Bilingual): CloudError {
  return new CloudError(words, { kind: 'final', code: 'UnexpectedAnswer', action })
}
