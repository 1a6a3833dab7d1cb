import { CommanderError } from 'commander'

/** What exit codes mean, for every command. */
export const FINE = 0
export const BAD = 1
export const FAILED = 2

export const exitCodes = `Exit codes: ${FINE} fine, ${BAD} the answer is bad (down, invalid, nobody reached), ${FAILED} could not do it (bad usage, no access).`

/** What whoever typed the command can put right: told in its own words, without a stack trace. */
export class CommandError extends Error {}

/** What to say of an error, and the exit code. What is nobody's mistake but ours keeps its stack trace. */
export function failureOf(error: unknown): { code: number; message?: string } {
  // Commander has written its message, or the help that was asked for, itself.
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? FINE : FAILED }
  if (error instanceof CommandError) return { code: FAILED, message: `fenghuo: ${error.message}` }
  const { name = '', message, stack } = error instanceof Error ? error : new Error(String(error))
  const remedy = remedyOf(name, codeOf(error))
  if (remedy !== undefined) return { code: FAILED, message: `fenghuo: ${remedy} (${oneSentence(name, message)})` }
  if (isFromAws(error)) return { code: FAILED, message: `fenghuo: AWS refused: ${oneSentence(name, message)}` }
  return { code: FAILED, message: `fenghuo: this should not happen, please report it\n${stack ?? message}` }
}

function remedyOf(name: string, code: string): string | undefined {
  if (/^CredentialsProviderError$|^TokenProviderError$/.test(name))
    return 'no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'
  if (/^ExpiredToken/.test(name)) return 'the AWS credentials have expired: get new ones, such as by aws sso login'
  if (/^UnrecognizedClient|^InvalidClientTokenId|^InvalidSignature|^SignatureDoesNotMatch/.test(name))
    return 'AWS does not accept the credentials: check AWS_PROFILE or the keys in the environment'
  if (/^AccessDenied/.test(name)) return 'the AWS credentials do not allow this'
  if (/^ResourceNotFoundException$|QueueDoesNotExist|NonExistentQueue/.test(name))
    return 'nothing of ours is there: check --stage and --region, and that it is deployed'
  if (/^ECONNREFUSED$|^ENOTFOUND$|^EAI_AGAIN$|^ECONNRESET$|^ETIMEDOUT$|^EHOSTUNREACH$|^ENETUNREACH$/.test(code))
    return 'no connection: check the network, and that what you talk to is running'
  if (name === 'TimeoutError') return 'no answer in time: try again'
  return undefined
}

/** A connection to several addresses fails with one error of its own. */
function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] }
  return String(code ?? errors?.[0]?.code ?? '')
}

function isFromAws(error: unknown): boolean {
  return error instanceof Error && '$metadata' in error
}

function oneSentence(name: string, message: string): string {
  const text = message.replace(/\s+/g, ' ').trim()
  return text === '' ? name : `${name}: ${text}`
}
