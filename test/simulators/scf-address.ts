import * as z from 'zod'
import { type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from './server.ts'

/** What a function has to return (cloud.tencent.com/document/product/583/96099, "function URL", responses of event functions). */
const returned = z.strictObject({
  isBase64Encoded: z.boolean().optional(),
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string(),
})

/** The address of an event function of SCF: a request becomes its event, and what it returns the answer. */
export function startScfAddress(
  handler: (event: unknown) => Promise<unknown>,
  options: ServerOptions = {},
): Promise<VendorServer> {
  return startVendorServer(
    {
      async answer(request) {
        const { data } = returned.safeParse(await handler(eventOf(request)))
        if (data === undefined) return { status: 500, body: { errorMessage: 'function returned malformed response' } }
        const { statusCode: status, headers = {}, body, isBase64Encoded } = data
        return { status, headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }
      },
      refuse: () => ({ status: 500, body: { errorMessage: 'refused' } }),
    },
    options,
  )
}

function eventOf({ method, path, params, headers, body }: VendorRequest) {
  return { httpMethod: method, path, queryString: Object.fromEntries(params), headers, body: body.toString() }
}
