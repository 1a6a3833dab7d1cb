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
const ADVICE: [RegExp, string][] = [
  [/^AuthFailure\.SignatureExpire$/, "Set this machine's clock: it may be five minutes off at most."],
  [/^AuthFailure\.SignatureFailure$/, 'Check TENCENTCLOUD_SECRET_KEY: it does not belong to this secret id.'],
  [
    /^AuthFailure\.(SecretIdNotFound|InvalidSecretId)$/,
    'Check TENCENTCLOUD_SECRET_ID: the key is deleted or disabled.',
  ],
  [/^AuthFailure\.TokenFailure$/, 'Get new temporary keys: the token is expired or does not belong to this key.'],
  [
    /^(AuthFailure\.UnauthorizedOperation|UnauthorizedOperation)/,
    'Give this user the policy in the README of this plugin.',
  ],
  [/^FailedOperation\.QcsRoleNotFound$/, 'Open the SCF console once: it makes the role SCF_QcsRole.'],
  [/^ResourceNotFound\.(Function|FunctionName|Qualifier|Alias)$/, 'Deploy it first.'],
  [/^ResourceNotFound\.Role$/, 'Make this role in Cloud Access Management, with SCF as its carrier.'],
  [/^ResourceNotFound\.Namespace$/, 'Make this namespace in the SCF console, or leave provider.namespace out.'],
  [/InsufficientBalance$/, 'Top up the account.'],
  [/^LimitExceeded\./, 'Remove what is not needed, or ask the vendor for a higher quota.'],
  [/^UnsupportedRegion$/, 'Check provider.region: ap-guangzhou, ap-shanghai, ap-singapore and others have SCF.'],
  [/^RequestLimitExceeded/, 'Run this again in a minute: other calls use up the rate of this account.'],
  [/^NoAnswer$/, 'Check the network and provider.region, and FENGHUO_TENCENT_URL if it is set.'],
]

/** What one call of the SDK threw, without secrets. */
export function cloudError(thrown: unknown, action: string, secrets: readonly string[]): CloudError {
  const { code, httpCode, message, requestId } = (thrown ?? {}) as SdkError
  const named = typeof code === 'string' && /^[A-Z][a-z]/.test(code) ? code : undefined
  const shown = named ?? (typeof httpCode === 'number' ? `HTTP ${httpCode}` : 'NoAnswer')
  const advice = ADVICE.find(([pattern]) => pattern.test(shown))?.[1]
  return new CloudError(concealed(String(message ?? thrown), secrets), {
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
