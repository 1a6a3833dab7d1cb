import { brotliCompressSync, constants } from 'node:zlib'

const { BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY } = constants

/** A text as small as brotli makes it: what is done once, when packaging, may take its time. */
export function compressed(text: string | Uint8Array): Buffer<ArrayBuffer> {
  const params = { [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY }
  return Buffer.from(brotliCompressSync(text, { params }))
}
