/**
 * The files of a paste, or none when it is text. Spreadsheets and word processors add a picture of the copied text; then the text
 * is pasted. A screenshot may come in several formats, but is one picture.
 */
export function filesOf(data: DataTransfer): File[] {
  const files = [...data.files];
  const types = new Set(data.types);
  if (types.has('text/plain') && (types.has('text/html') || types.has('text/rtf'))) return [];
  const stems = new Set<string>();
  return files.filter(({ name, type }) => {
    const stem = type.startsWith('image/') ? name.replace(/\.\w+$/, '') : name;
    if (stems.has(stem)) return false;
    stems.add(stem);
    return true;
  });
}
