// What the developer did wrong, each with its place. Lines and columns count from 1.

export interface Problem {
  /** Path from the project's folder, with forward slashes. */
  file: string
  line: number
  column: number
  message: string
}

/** Where the character at `offset` of this text stands. */
export const placeOf = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** Where this piece of text first stands, or the beginning when it does not. */
export const placeOfText = (text: string, piece: string): { line: number; column: number } => {
  const offset = text.indexOf(piece)
  return offset < 0 ? { line: 1, column: 1 } : placeOf(text, offset)
}
