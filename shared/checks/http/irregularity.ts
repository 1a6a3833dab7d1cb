/** What answers do that HTTP forbids and browsers understand. */
export type Irregularity =
  /** LF or CR alone. */
  | 'line-end'
  /** Several blanks, none, or small letters. */
  | 'status-line'
  /** It holds what no name may (RFC 9110, section 5.1). */
  | 'header-name'
  /** A header that goes on in the next line (RFC 9112, section 5.2). */
  | 'folded-header'
  | 'control-character'
  | 'space-before-colon'
  | 'repeated-length'
  /** Something stands beside the number, or it is more than any body. */
  | 'odd-length'
  | 'length-and-encoding'
  | 'version'
  /** The line before a chunk, or the end behind it. */
  | 'chunk-line'

/** What nobody can read. */
export type Malformation = 'not-http' | 'header-line' | 'length' | 'chunk' | 'interim-without-end'
