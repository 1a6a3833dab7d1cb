import { signatureFault } from './connect/signature.ts'
import { startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'

export interface SnsOptions {
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** ARNs that may be published on; another is not found. */
  topics: string[]
  now(): number
  published?(one: Published): void
}

export interface Published {
  topic: string
  subject: string
  message: string
}

export type Sns = VendorServer & { published: Published[] }

/**
 * SNS's Publish, version 2010-03-31, over the query protocol: SigV4 recomputed, parameters and errors as in its API reference. A subject is
 * held to what every reader of a mail takes: one line of less than 100 characters of ASCII.
 */
export async function startSns(options: SnsOptions): Promise<Sns> {
  const published: Published[] = []
  function answer(request: VendorRequest): VendorAnswer {
    if (request.method !== 'POST' || request.path !== '/') return refusal('InvalidAction', request.path)
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
      return refusal('InvalidAction', 'not a form')
    const fault = signatureFault(request, { ...options, service: 'sns' }, options.now())
    if (fault) return refusal(fault.type, fault.message, 403)
    const form = new URLSearchParams(String(request.body))
    const text = (name: string) => form.get(name) ?? ''
    if (text('Version') !== '2010-03-31') return refusal('NoSuchVersion', text('Version'))
    if (text('Action') !== 'Publish') return refusal('InvalidAction', text('Action'))
    if (!options.topics.includes(text('TopicArn'))) return refusal('NotFound', 'Topic does not exist', 404)
    if (!/^[ -~]{1,99}$/.test(text('Subject'))) return refusal('InvalidParameter', 'Invalid parameter: Subject')
    const bytes = Buffer.byteLength(text('Message'))
    if (bytes === 0) return refusal('InvalidParameter', 'Invalid parameter: Empty message')
    if (bytes > 262_144) return refusal('InvalidParameter', 'Invalid parameter: Message too long')
    const one = { topic: text('TopicArn'), subject: text('Subject'), message: text('Message') }
    published.push(one)
    options.published?.(one)
    const id = `94f20ce6-13c5-43a0-9a9e-${String(published.length).padStart(12, '0')}`
    return xml(
      200,
      `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${id}</MessageId></PublishResult></PublishResponse>`,
    )
  }
  const server = await startVendorServer({
    answer,
    refuse: (failure) =>
      failure.kind === 'rate-limit'
        ? refusal('Throttled', 'Rate exceeded', 429)
        : refusal(String(failure.code), failure.message ?? 'planned failure'),
  })
  return Object.assign(server, { published })
}

function refusal(code: string, message: string, status = 400): VendorAnswer {
  return xml(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  )
}

function xml(status: number, text: string): VendorAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) }
}
