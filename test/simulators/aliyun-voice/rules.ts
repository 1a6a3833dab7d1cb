import type { VendorFault } from '../failures.ts'

// Help pages of Voice Messaging Service: IvrCall, SingleCallByTts, "Voice template specifications", "Voice template variables".
const REFUSED_NAMES = ['id', 'email', 'mobile', 'nick', 'site']
const REFUSED_CHARACTERS = /[#/:\-%¥$[\]【】]/
const OUT_ID_BYTES = 15
const VALUES_CHARACTERS = 250

const parameters: Record<string, { required: RegExp[]; known: RegExp[] }> = {
  IvrCall: {
    required: [/^CalledShowNumber$/, /^CalledNumber$/, /^StartCode$/, /^MenuKeyMap\.1\.Key$/, /^MenuKeyMap\.1\.Code$/],
    known: [
      /^(StartTtsParams|PlayTimes|Timeout|ByeCode|ByeTtsParams|OutId)$/,
      /^MenuKeyMap\.\d+\.(Key|Code|TtsParams)$/,
    ],
  },
  SingleCallByTts: {
    required: [/^CalledNumber$/, /^TtsCode$/],
    known: [/^(TtsParam|CalledShowNumber|PlayTimes|Volume|Speed|OutId)$/],
  },
  QueryCallDetailByCallId: { required: [/^CallId$/, /^ProdId$/, /^QueryDate$/], known: [] },
}

/** What the gateway refuses before the service sees it. */
export function requestFault(action: string, params: URLSearchParams): (VendorFault & { status: number }) | undefined {
  const rules = parameters[action]
  if (rules === undefined)
    return { status: 404, code: 'InvalidAction.NotFound', message: 'The specified API is not found.' }
  const { required, known } = rules
  const names = [...params.keys()]
  const unknown = names.find((name) => ![...required, ...known].some((rule) => rule.test(name)))
  if (unknown) return { status: 400, code: 'InvalidParameter', message: `${unknown} is not known.` }
  const missing = required.find((rule) => !names.some((name) => rule.test(name) && params.get(name)))
  if (missing) return { status: 400, code: 'MissingParameter', message: `${missing.source} is mandatory.` }
}

/** Why a template would not be approved; undefined: it is. */
export function reviewFault(text: string): string | undefined {
  if (text.length < 1 || text.length > 1000) return `${text.length} characters`
  const names = [...text.matchAll(/\$\{(.*?)\}/g)].map(([, name = '']) => name)
  const fixed = text.replace(/\$\{.*?\}/g, '')
  if (REFUSED_CHARACTERS.test(fixed) || /https?/i.test(fixed)) return `a character of ${fixed}`
  if (/\d+\.\d+\.\d+\.\d+/.test(fixed)) return 'an IP address'
  if (fixed.trim() === '') return 'variables alone'
  const bad = names.find((name) => !/^[a-zA-Z]\w*$/.test(name) || REFUSED_NAMES.includes(name))
  if (bad !== undefined) return `the name ${bad}`
  if (new Set(names).size < names.length) return 'a variable twice'
  if (/\}[\s\p{P}]*\$\{/u.test(text)) return 'variables side by side'
  if (/[\p{Script=Han}]/u.test(text) === false && !/[a-z]/i.test(fixed)) return 'neither Chinese nor English'
}

/** What the service refuses of a call's parameters that calls of all kinds have; undefined: nothing. */
export function commonFault(params: URLSearchParams, callers: string[]): string | undefined {
  const caller = params.get('CalledShowNumber')
  if (caller !== null && !callers.includes(caller)) return 'isv.DISPLAY_NUMBER_ILLEGAL'
  if (!/^(1\d{10}|0\d{9,11})$/.test(params.get('CalledNumber') ?? '')) return 'isv.MOBILE_NUMBER_ILLEGAL'
  const playTimes = params.get('PlayTimes')
  if (playTimes !== null && !/^[123]$/.test(playTimes)) return 'isv.INVALID_PARAMETERS'
  if (!/^\d*$/.test(params.get('Timeout') ?? '')) return 'isv.INVALID_PARAMETERS'
  const outId = params.get('OutId')
  if (outId !== null && (outId === '' || Buffer.byteLength(outId) > OUT_ID_BYTES)) return 'isv.INVALID_PARAMETERS'
}

/** What a template says with these values, or the code that refuses them. */
export function spoken(text: string | undefined, json: string | null): { said: string } | { code: string } {
  if (text === undefined) return { code: 'isv.TTS_TEMPLATE_ILLEGAL' }
  const values = valuesIn(json ?? '{}')
  if (values === undefined) return { code: 'isv.TEMPLATE_PARAMS_ILLEGAL' }
  const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.some((name) => !values[name])) return { code: 'isv.TEMPLATE_MISSING_PARAMETERS' }
  if (Object.keys(values).some((name) => !names.includes(name))) return { code: 'isv.TEMPLATE_PARAMS_ILLEGAL' }
  const all = Object.values(values).join('')
  if (all.length >= VALUES_CHARACTERS) return { code: 'isv.PARAM_LENGTH_LIMIT' }
  if (/https?|\d+\.\d+\.\d+\.\d+|\w\.\w/i.test(all)) return { code: 'isv.PARAM_NOT_SUPPORT_URL' }
  if (REFUSED_CHARACTERS.test(all)) return { code: 'isv.TEMPLATE_PARAMS_ILLEGAL' }
  return { said: text.replace(/\$\{(\w+)\}/g, (_, name) => values[name] ?? '') }
}

function valuesIn(json: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && Object.values(value).every((one) => typeof one === 'string')
      ? (value as Record<string, string>)
      : undefined
  } catch {
    return undefined
  }
}
