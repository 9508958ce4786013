/**
 * Cuts Markdown into pieces to stream: at line ends, and long lines at a space, so that no piece is much longer than `width` characters (default 60). Joined
 * they are the text again; no piece is empty, and none ends inside a surrogate pair or a word.
 */
export function textPieces(text: string, width = 60): readonly string[] {
  return text.split(/(?<=\n)/).flatMap((line) => linePieces(line, width));
}

function linePieces(line: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const word of line.split(/(?<= )/)) {
    if (piece !== "" && piece.length + word.length > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += word;
  }
  return piece === "" ? pieces : [...pieces, piece];
}
