/** RFC 1035, section 4.1.1: a message begins with so many bytes. */
const HEADER_BYTES = 12

/** What a name server is asked for the IPv4 addresses of `name`, which is in ASCII. RFC 1035, section 4. */
export function addressQuery(name: string): Buffer {
  // Any identifier, recursion desired, one question.
  const header = Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0])
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  // The name's end, type A, class IN.
  return Buffer.concat([header, ...labels, Buffer.from([0, 0, 1, 0, 1])])
}

/**
 * The answer of a name server that has `address` (IPv4) for every name: the question of `query` with one record of type A that
 * lasts no longer than the question. RFC 1035, section 4.
 */
export function addressAnswer(query: Buffer, address: string): { name: string; answer: Buffer } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  // Behind the name stand its type and class.
  const question = query.subarray(HEADER_BYTES, at + 5)
  const header = Buffer.alloc(HEADER_BYTES)
  query.copy(header, 0, 0, 2)
  // A response, recursion desired and available; one question, one answer.
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(1, 6)
  // The name by a pointer to the question, type A, class IN, 0 s to live, 4 bytes.
  const record = Buffer.from([0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)])
  return { name: labels.join('.').toLowerCase(), answer: Buffer.concat([header, question, record]) }
}
