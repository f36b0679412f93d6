/**
 * Texts in PostgreSQL's binary form of `text[]`. The driver sends a buffer as it is, whereas it would quote
 * and escape an array of JSON texts character by character, and the server would undo that again.
 */
export const textArray = (texts: readonly string[]): Buffer => {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const array = Buffer.allocUnsafe(headerSize + lengths.reduce((sum, length) => sum + 4 + length, 0));
  array.writeInt32BE(1, 0); // dimensions
  array.writeInt32BE(0, 4); // no nulls
  array.writeInt32BE(textType, 8);
  array.writeInt32BE(texts.length, 12);
  array.writeInt32BE(1, 16); // first index
  let offset = headerSize;
  texts.forEach((text, index) => {
    array.writeInt32BE(lengths[index]!, offset);
    offset += 4 + array.write(text, offset + 4);
  });
  return array;
};

const headerSize = 20;
const textType = 25;
