import * as z from 'zod'

// `MeasurementRequest` of Globalping's OpenAPI description (github jsdelivr/globalping, public/v1), as far as http, ping and places below a continent go.

const port = z.int().min(0).max(65_535)
const ipVersion = z.literal([4, 6])

const location = z.strictObject({
  country: z.string().length(2).optional(),
  state: z.string().length(2).optional(),
  city: z.string().min(1).optional(),
  asn: z.int().min(1).optional(),
  network: z.string().min(1).optional(),
  tags: z.array(z.string()).optional(),
  magic: z.string().optional(),
  limit: z.int().min(1).max(200).optional(),
})
export type Location = z.infer<typeof location>

const common = {
  target: z.string().min(1),
  inProgressUpdates: z.boolean().optional(),
  locations: z.array(location).optional(),
  limit: z.int().min(1).max(500).optional(),
  timeout: z.int().min(5).max(30).optional(),
}

const ping = z.strictObject({
  type: z.literal('ping'),
  ...common,
  measurementOptions: z
    .strictObject({
      packets: z.int().min(1).max(16).optional(),
      protocol: z.enum(['ICMP', 'TCP']).optional(),
      port: port.optional(),
      ipVersion: ipVersion.optional(),
    })
    .optional(),
})

const http = z.strictObject({
  type: z.literal('http'),
  ...common,
  measurementOptions: z
    .strictObject({
      request: z
        .strictObject({
          host: z.string().optional(),
          path: z.string().optional(),
          query: z.string().optional(),
          method: z.enum(['HEAD', 'GET', 'OPTIONS']).optional(),
          headers: z.record(z.string(), z.string()).optional(),
        })
        .optional(),
      resolver: z.union([z.ipv4(), z.ipv6()]).optional(),
      protocol: z.enum(['HTTP', 'HTTPS', 'HTTP2']).optional(),
      port: port.optional(),
      ipVersion: ipVersion.optional(),
    })
    .optional(),
})

export const measurementRequest = z
  .discriminatedUnion('type', [ping, http])
  .refine(({ limit, locations = [] }) => limit === undefined || locations.every((each) => each.limit === undefined), {
    path: ['limit'],
    error: '"limit" is not allowed together with the limit of a location',
  })
export type MeasurementRequest = z.infer<typeof measurementRequest>
