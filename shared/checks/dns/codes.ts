/** The kinds of records that can be asked for. */
export const recordTypes = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const
export type RecordType = (typeof recordTypes)[number]

/** What Node says of an answer that is no data, by its response code (RFC 1035, section 4.1.1). */
export const nodeCodes = {
  NOERROR: 'ENODATA',
  FORMERR: 'EFORMERR',
  SERVFAIL: 'ESERVFAIL',
  NXDOMAIN: 'ENOTFOUND',
  NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED',
} as const
export type ResponseCode = keyof typeof nodeCodes
export const responseCodes = Object.keys(nodeCodes) as ResponseCode[]
