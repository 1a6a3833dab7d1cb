import { byteLength } from '../server.ts'
import { readCron } from './cron.ts'
import { Refused } from './refused.ts'
import type { Pair } from './state.ts'

// Names and limits: the pages of cloud.tencent.com/document/product/583 on CreateFunction (18586), quotas (11637),
// versions and aliases (36149, 43730) and timers (9708).
const NAME_WITH_NAMESPACE = 118
const DESCRIPTION = 1000
const ENVIRONMENT_BYTES = 4096
const RESERVED = /^(SCF_|QCLOUD_|TENCENTCLOUD_)/
const MEMORY_MAX_MB = 3072
const TIMEOUT_MAX_S = 900
const INIT_TIMEOUT_MAX_S = 300
const ARGUMENT_BYTES = 4096
const RUNTIMES = [
  ...['Nodejs20.19', 'Nodejs18.15', 'Nodejs16.13', 'Nodejs14.18', 'Nodejs12.16', 'Nodejs10.15', 'Nodejs8.9'],
  ...['Nodejs6.10', 'Python3.10', 'Python3.9', 'Python3.7', 'Python3.6', 'Python2.7', 'Php8.0', 'Php7.4', 'Php7'],
  ...['Php5.6', 'Go1', 'Java8', 'CustomRuntime'],
]

type Check<T> = (value: T) => string | undefined

/** Refuses a value with `InvalidParameterValue.{code}`, or takes it. */
function checked<T>(code: string, check: Check<T>): (value: T) => void {
  return (value) => {
    const wrong = check(value)
    if (wrong !== undefined) throw new Refused(`InvalidParameterValue.${code}`, wrong)
  }
}

/** Letter first, letters, digits, `-`, `_`, letter or digit last, 2 to 60 characters. */
export function checkFunctionName(name: string, namespace: string): void {
  const fits = /^[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z0-9]$/.test(name)
  if (!fits) throw new Refused('InvalidParameterValue.FunctionName', `The function name ${name} is not valid.`)
  if (name.length + namespace.length > NAME_WITH_NAMESPACE) {
    throw new Refused('InvalidParameterValue.FunctionName', 'Namespace and name are longer than 118 characters.')
  }
}

/** `file.function`: both 2 to 60 characters, from a letter to a letter. No folder, so the file is at the zip's root. */
export const checkHandler = checked<string>('Handler', (handler) => {
  const part = '[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z]'
  if (!new RegExp(`^${part}\\.${part}$`).test(handler)) return `The handler ${handler} is not file.function.`
})

export const checkRuntime = checked<string>('Runtime', (runtime) => {
  if (!RUNTIMES.includes(runtime)) return `The runtime ${runtime} is not supported.`
})

/** Letters, digits, spaces, commas, full stops, line breaks and Chinese. */
export const checkDescription = checked<string>('Description', (text) => {
  if ([...text].length > DESCRIPTION) return `The description is longer than ${DESCRIPTION} characters.`
  if (!/^[A-Za-z0-9 ,.\n，。\p{Script=Han}]*$/u.test(text))
    return 'The description has characters that are not allowed.'
})

export function checkMemory(mb: number): void {
  if (mb > MEMORY_MAX_MB) throw new Refused('LimitExceeded.Memory', `At most ${MEMORY_MAX_MB} MB.`)
  if (mb === 64 || (mb > 0 && mb % 128 === 0)) return
  throw new Refused('InvalidParameterValue.MemorySize', 'The memory is 64, or a multiple of 128 MB.')
}

export function checkTimeout(seconds: number): void {
  if (seconds > TIMEOUT_MAX_S) throw new Refused('LimitExceeded.Timeout', `At most ${TIMEOUT_MAX_S} s.`)
  if (seconds < 1) throw new Refused('InvalidParameterValue', 'The timeout is at least 1 s.')
}

export function checkInitTimeout(seconds: number): void {
  if (seconds > INIT_TIMEOUT_MAX_S) throw new Refused('LimitExceeded.InitTimeout', `At most ${INIT_TIMEOUT_MAX_S} s.`)
  if (seconds < 1) throw new Refused('InvalidParameterValue', 'The initialization timeout is at least 1 s.')
}

/** Gives the variables to keep: one pair of empty texts clears all. */
export function checkEnvironment(variables: Pair[]): Pair[] {
  const [first] = variables
  if (variables.length === 1 && first?.Key === '' && first.Value === '') return []
  const refuse = (code: string, message: string) => new Refused(`InvalidParameterValue.${code}`, message)
  for (const { Key } of variables) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(Key)) throw refuse('Environment', `The variable name "${Key}" is not valid.`)
    if (RESERVED.test(Key)) throw refuse('EnvironmentSystemProtect', `The variable name ${Key} is reserved.`)
  }
  if (new Set(variables.map(({ Key }) => Key)).size < variables.length) {
    throw refuse('Environment', 'A variable is named twice.')
  }
  if (byteLength(variables.map(({ Key, Value }) => Key + Value).join('')) > ENVIRONMENT_BYTES) {
    throw refuse('EnvironmentExceededLimit', `The environment is larger than ${ENVIRONMENT_BYTES} bytes.`)
  }
  return variables
}

/** 1 to 64 characters, letter first, letters, digits, `-`, `_`. */
export const checkAliasName = checked<string>('Name', (name) => {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) return `The alias name ${name} is not valid.`
})

/** The API's 100 characters and the pages' letter first. */
export const checkTriggerName = checked<string>('TriggerName', (name) => {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) return `The trigger name ${name} is not valid.`
})

export const checkArgument = checked<string>('CustomArgument', (text) => {
  if (byteLength(text) > ARGUMENT_BYTES) return `The argument is larger than ${ARGUMENT_BYTES} bytes.`
})

export const checkCron = checked<string>('TriggerDesc', (cron) => {
  try {
    readCron(cron)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
})

/** Keys up to 127 and values up to 255 characters, no key twice. */
export function checkTags(tags: Pair[]): void {
  const keys = new Set(tags.map(({ Key }) => Key))
  const fits = tags.every(({ Key, Value }) => Key !== '' && Key.length <= 127 && Value.length <= 255)
  if (keys.size < tags.length || !fits) throw new Refused('InvalidParameterValue', 'The tags are not valid.')
}
