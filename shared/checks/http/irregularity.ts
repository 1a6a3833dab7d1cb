/** What answers do that HTTP forbids and browsers understand. */
export type Irregularity =
  /** LF alone, without CR. */
  | 'line-end'
  /** A header that goes on in the next line (RFC 9112, section 5.2). */
  | 'folded-header'
  | 'control-character'
  | 'space-before-colon'
  | 'repeated-length'
  | 'length-and-encoding'
  | 'version'
  /** The line before a chunk, or the end behind it. */
  | 'chunk-line'

/** What nobody can read. */
export type Malformation = 'not-http' | 'header-line' | 'length' | 'chunk' | 'interim-without-end'
