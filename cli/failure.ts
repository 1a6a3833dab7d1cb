import { CommanderError } from 'commander'
import { AwsRefusal } from '../shared/clouds/aws/json-service.ts'
import { BilingualError } from '../shared/contracts/bilingual-error.ts'
import type { Bilingual, Language } from '../shared/contracts/words.ts'
import { programWords } from './words/program.ts'

/** What exit codes mean, for every command. */
export const FINE = 0
export const BAD = 1
export const FAILED = 2

/** What whoever typed the command can put right: told in its own words, without a stack trace. */
export class CommandError extends BilingualError {}

/** What is wrong, what puts it right where that is known, and what said so. */
export interface Trouble {
  what: Bilingual
  remedy?: Bilingual
  cause?: string
}

/** What to say of an error, and the exit code. What is nobody's mistake but ours keeps its stack trace. */
export function failureOf(error: unknown, language: Language): { code: number; message?: string } {
  // Commander has written its message, or the help that was asked for, itself.
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? FINE : FAILED }
  const trouble = troubleOf(error)
  if (trouble !== undefined)
    return { code: FAILED, message: programWords[language].error(sentenceOf(trouble, language)) }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: FAILED, message: `${programWords[language].error(programWords[language].unexpected)}\n${text}` }
}

/** An error that is not ours alone; undefined for one that should not happen. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof CommandError) return { what: error.words }
  const { name = '', message } = error instanceof Error ? error : new Error(String(error))
  const cause = oneSentence(name, message)
  const known = knownBy(name, codeOf(error)) ?? knownByCause(error)
  if (known !== undefined) return { ...known, cause }
  return isFromAws(error) ? { what: { en: `AWS refused: ${cause}`, zh: `AWS 拒绝了：${cause}` } } : undefined
}

/** Why something failed, in one sentence. */
export function reasonOf(error: unknown, language: Language): string {
  const trouble = troubleOf(error)
  if (trouble !== undefined) return sentenceOf(trouble, language)
  return error instanceof Error ? error.message : String(error)
}

function sentenceOf({ what, remedy, cause }: Trouble, language: Language): string {
  const [colon, open, close] = language === 'zh' ? ['：', '（', '）'] : [': ', ' (', ')']
  const because = cause === undefined ? '' : open + cause + close
  return what[language] + (remedy === undefined ? '' : colon + remedy[language]) + because
}

/** Errors of AWS's clients by their names, and of the network by their codes. */
const known: { names?: RegExp; codes?: RegExp; what: Bilingual; remedy?: Bilingual }[] = [
  {
    names: /^CredentialsProviderError$|^TokenProviderError$/,
    what: { en: 'no AWS credentials', zh: '没有 AWS 凭证' },
    remedy: {
      en: 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      zh: '设置 AWS_PROFILE，或 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY',
    },
  },
  {
    names: /^ExpiredToken/,
    what: { en: 'the AWS credentials have expired', zh: 'AWS 凭证已过期' },
    remedy: { en: 'get new ones, such as by aws sso login', zh: '重新获取，例如用 aws sso login' },
  },
  {
    names: /^UnrecognizedClient|^InvalidClientTokenId|^InvalidSignature|^SignatureDoesNotMatch/,
    what: { en: 'AWS does not accept the credentials', zh: 'AWS 不接受这份凭证' },
    remedy: { en: 'check AWS_PROFILE or the keys in the environment', zh: '检查 AWS_PROFILE 或环境变量里的密钥' },
  },
  {
    names: /^AccessDenied/,
    what: { en: 'the AWS credentials do not allow this', zh: '这份 AWS 凭证没有此权限' },
  },
  {
    names: /^ResourceNotFoundException$|QueueDoesNotExist|NonExistentQueue/,
    what: { en: 'nothing of ours is there', zh: '那里没有我们的东西' },
    remedy: {
      en: 'check --stage and --region, and that it is deployed',
      zh: '检查 --stage 和 --region，以及是否已经部署',
    },
  },
  {
    codes: /^ECONNREFUSED$|^ENOTFOUND$|^EAI_AGAIN$|^ECONNRESET$|^ETIMEDOUT$|^EHOSTUNREACH$|^ENETUNREACH$/,
    what: { en: 'no connection', zh: '连不上' },
    remedy: { en: 'check the network, and that what you talk to is running', zh: '检查网络，以及对方是否在运行' },
  },
  {
    names: /^TimeoutError$/,
    what: { en: 'no answer in time', zh: '超时没有应答' },
    remedy: { en: 'try again', zh: '再试一次' },
  },
]

function knownBy(name: string, code: string): Trouble | undefined {
  const found = known.find(({ names, codes }) => names?.test(name) || codes?.test(code))
  return found && { what: found.what, ...(found.remedy && { remedy: found.remedy }) }
}

/** A client of ours says in its own words what became of a request, and keeps what the network said. */
function knownByCause(error: unknown): Trouble | undefined {
  if (!(error instanceof Error && error.cause instanceof Error)) return undefined
  return knownBy(error.cause.name, codeOf(error.cause))
}

/** A connection to several addresses fails with one error of its own. */
function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] }
  return String(code ?? errors?.[0]?.code ?? '')
}

function isFromAws(error: unknown): boolean {
  return error instanceof AwsRefusal || (error instanceof Error && '$metadata' in error)
}

function oneSentence(name: string, message: string): string {
  const text = message.replace(/\s+/g, ' ').trim()
  return text === '' ? name : `${name}: ${text}`
}
