import { CommanderError } from 'commander'

/** What exit codes mean, for every command. */
export const FINE = 0
export const BAD = 1
export const FAILED = 2

export const exitCodes = `Exit codes: ${FINE} fine, ${BAD} the answer is bad (down, invalid, nobody reached), ${FAILED} could not do it (bad usage, no access).`

/** What whoever typed the command can put right: told in its own words, without a stack trace. */
export class CommandError extends Error {}

/** What is wrong, what puts it right where that is known, and what said so. */
export interface Trouble {
  what: string
  remedy?: string
  cause?: string
}

/** What to say of an error, and the exit code. What is nobody's mistake but ours keeps its stack trace. */
export function failureOf(error: unknown): { code: number; message?: string } {
  // Commander has written its message, or the help that was asked for, itself.
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? FINE : FAILED }
  const trouble = troubleOf(error)
  if (trouble !== undefined) return { code: FAILED, message: `fenghuo: ${sentenceOf(trouble)}` }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: FAILED, message: `fenghuo: this should not happen, please report it\n${text}` }
}

/** An error that is not ours alone; undefined for one that should not happen. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof CommandError) return { what: error.message }
  const { name = '', message } = error instanceof Error ? error : new Error(String(error))
  const cause = oneSentence(name, message)
  const known = knownBy(name, codeOf(error))
  if (known !== undefined) return { ...known, cause }
  return isFromAws(error) ? { what: `AWS refused: ${cause}` } : undefined
}

function sentenceOf({ what, remedy, cause }: Trouble): string {
  return `${what}${remedy === undefined ? '' : `: ${remedy}`}${cause === undefined ? '' : ` (${cause})`}`
}

function knownBy(name: string, code: string): Trouble | undefined {
  if (/^CredentialsProviderError$|^TokenProviderError$/.test(name))
    return { what: 'no AWS credentials', remedy: 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY' }
  if (/^ExpiredToken/.test(name))
    return { what: 'the AWS credentials have expired', remedy: 'get new ones, such as by aws sso login' }
  if (/^UnrecognizedClient|^InvalidClientTokenId|^InvalidSignature|^SignatureDoesNotMatch/.test(name))
    return { what: 'AWS does not accept the credentials', remedy: 'check AWS_PROFILE or the keys in the environment' }
  if (/^AccessDenied/.test(name)) return { what: 'the AWS credentials do not allow this' }
  if (/^ResourceNotFoundException$|QueueDoesNotExist|NonExistentQueue/.test(name))
    return { what: 'nothing of ours is there', remedy: 'check --stage and --region, and that it is deployed' }
  if (/^ECONNREFUSED$|^ENOTFOUND$|^EAI_AGAIN$|^ECONNRESET$|^ETIMEDOUT$|^EHOSTUNREACH$|^ENETUNREACH$/.test(code))
    return { what: 'no connection', remedy: 'check the network, and that what you talk to is running' }
  if (name === 'TimeoutError') return { what: 'no answer in time', remedy: 'try again' }
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
