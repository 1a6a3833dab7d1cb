/** What Chrome takes (`kMaxHeaderBufSize` in net/http/http_stream_parser.h). */
export const HEADER_LIMIT_BYTES = 262_144
