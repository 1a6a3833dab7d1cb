/** Of a field's headers no more is looked at. */
const HEAD_CHARACTERS = 500

/** The fields of a multipart form (RFC 7578) by their names; undefined for one that is not whole. */
export function multipartFields(text: string, contentType: string): Record<string, string> | undefined {
  const [, quoted, bare] = /boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) return undefined
  const [, ...parts] = `\r\n${text}`.split(`\r\n--${boundary}`)
  if (!parts.at(-1)?.startsWith('--')) return undefined
  const fields = parts.slice(0, -1).flatMap((part) => {
    const end = part.indexOf('\r\n\r\n')
    const [, name] =
      /content-disposition:[^\r\n]*?\bname="([^"]*)"/i.exec(part.slice(0, Math.min(end, HEAD_CHARACTERS))) ?? []
    return end < 0 || name === undefined ? [] : [[name, part.slice(end + 4)]]
  })
  return Object.fromEntries(fields)
}
