import { errorIn } from '../../clouds/aws/answer.ts'
import { endpointOf } from '../../clouds/aws/call.ts'
import { signed } from '../../clouds/aws/sigv4.ts'
import { awsCredentialsIn } from '../run/aws-credentials.ts'
import { type Asking, call, type Read } from './call.ts'

/** A call of one of the APIs of AWS that tell of an account. */
export interface AwsQuestion {
  of: keyof typeof apis
  action: string
  /** What it is asked with. Absent: a GET of its path. */
  input?: Record<string, unknown>
  path?: string
}

/** How each API is spoken to, by the API references and the models of the SDK. */
const apis = {
  // AWS JSON, by the prefix of `x-amz-target`.
  'sms-voice': { json: '1.0', target: 'PinpointSMSVoiceV2' },
  monitoring: { json: '1.0', target: 'GraniteServiceVersion20100801' },
  servicequotas: { json: '1.1', target: 'ServiceQuotasV20190624' },
  connect: { json: 'rest' },
  // Forms and XML; one address for all regions, which signs for this one.
  iam: { json: 'none', version: '2010-05-08', region: 'us-east-1' },
} as const

/** By these AWS does not take a key ("Common Errors" of the API references). */
const isOfKey = (code: string) =>
  /^(UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|ExpiredToken|MissingAuthenticationToken)(Exception)?$/.test(
    code,
  )

/** What was asked for is not there (Connect, IAM). */
const MISSING = ['ResourceNotFoundException', 'NoSuchEntity']

/** Asks once, signed as the probe. Gives the fields of the answer, `xml` of one that is no JSON, or `isMissing`. */
export function askAws(question: AwsQuestion, region: string | undefined, asking: Asking) {
  const { io } = asking
  const own = region ?? io.env.AWS_REGION ?? ''
  const credentials = awsCredentialsIn(io.env, ...(region === undefined ? ['AWS_REGION'] : []))
  const { of, action, path = '/' } = question
  const api = apis[of]
  const endpoint =
    of === 'iam' ? io.env.AWS_ENDPOINT_URL_IAM || 'https://iam.amazonaws.com' : endpointOf(of, own, io.env)
  const url = new URL(path, endpoint)
  const { method, headers, body } = written(question)
  const scope = { region: 'region' in api ? api.region : own, service: of }
  const all = signed({ method, url, headers, body }, scope, credentials, io.now())
  return call(action, { url, method, headers: all, ...(body === '' ? {} : { body }) }, read, isOfKey, asking)
}

function written({ of, action, input }: AwsQuestion) {
  const api = apis[of]
  if (input === undefined) return { method: 'GET', headers: {}, body: '' } as const
  if (api.json === 'none') {
    const body = String(new URLSearchParams({ Action: action, Version: api.version, ...input }))
    return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body } as const
  }
  const headers: Record<string, string> =
    api.json === 'rest'
      ? { 'content-type': 'application/json' }
      : { 'content-type': `application/x-amz-json-${api.json}`, 'x-amz-target': `${api.target}.${action}` }
  return { method: 'POST', headers, body: JSON.stringify(input) } as const
}

const read: Read = ({ status, headers, text }, fields) => {
  const isXml = text.startsWith('<')
  if (status === 200) return isXml ? { xml: text } : Object.keys(fields).length > 0 ? fields : undefined
  const { name: code, said } = errorIn(text, headers['x-amzn-errortype'])
  if (code === undefined) return undefined
  return MISSING.includes(code) ? { isMissing: true } : { refused: { code, said } }
}
