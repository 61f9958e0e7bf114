import type { Translator } from '@/client/intl/translations';
/** The part of the File System API (webkitGetAsEntry) that all browsers have and that reading a folder needs. */
export interface Entry {
  name: string;
  isFile: boolean;
  isDirectory: boolean;
}
interface FileEntry extends Entry {
  file: (found: (file: File) => void, failed: (error: unknown) => void) => void;
}
interface FolderEntry extends Entry {
  createReader: () => { readEntries: (found: (entries: Entry[]) => void, failed: (error: unknown) => void) => void };
}

export interface Dropped {
  files: File[];
  problems: DropProblem[];
}

/** The reason why a file or folder cannot be taken. */
export interface DropProblem {
  kind: 'dropEmpty' | 'dropTooMany' | 'dropUnreadable';
  name: string;
}

export const sayDropProblem = ({ kind, name }: DropProblem, most: number, t: Translator<'attachments'>): string =>
  kind === 'dropTooMany' ? t(kind, { name, most }) : t(kind, { name });

/** Maximum number of visited entries, including nested folders and skipped files. */
const maxVisited = 2_000;

/** The entries of a drop. Call it during the event: afterwards the browser has no data. */
export function entriesOf(data: DataTransfer): (Entry | File)[] {
  return [...data.items]
    .filter(({ kind }) => kind === 'file')
    .flatMap((item) => (item.webkitGetAsEntry?.() as Entry | null | undefined) ?? item.getAsFile() ?? []);
}

/**
 * The dropped files. A folder's files are listed one by one, in the order of their names. A folder with more files than a message
 * takes is refused as a whole, because only its owner knows which are meant.
 */
export async function filesOfDrop(dropped: (Entry | File)[], most: number): Promise<Dropped> {
  const result: Dropped = { files: [], problems: [] };
  for (const one of dropped) {
    if (one instanceof File) result.files.push(one);
    else if (isFile(one)) await take(one, result);
    else await takeFolder(one as FolderEntry, most, result);
  }
  return result;
}

async function takeFolder(folder: FolderEntry, most: number, { files, problems }: Dropped): Promise<void> {
  const walk: Walk = { files: [], problems: [], visited: 0, most };
  await walkFolder(folder, walk);
  if (isOver(walk)) {
    problems.push({ kind: 'dropTooMany', name: folder.name });
    return;
  }
  problems.push(...walk.problems);
  if (walk.files.length === 0 && walk.problems.length === 0) problems.push({ kind: 'dropEmpty', name: folder.name });
  files.push(...walk.files);
}

interface Walk extends Dropped {
  visited: number;
  most: number;
}

const isOver = ({ files, visited, most }: Walk) => files.length > most || visited > maxVisited;

async function walkFolder(folder: FolderEntry, walk: Walk): Promise<void> {
  const entries = await entriesIn(folder, walk).catch(() => null);
  if (!entries) {
    walk.problems.push({ kind: 'dropUnreadable', name: folder.name });
    return;
  }
  for (const entry of entries) {
    if (isOver(walk)) return;
    if (isFile(entry)) await take(entry, walk);
    else await walkFolder(entry as FolderEntry, walk);
  }
}

async function take(entry: FileEntry, { files, problems }: Dropped): Promise<void> {
  await new Promise<File>((found, failed) => entry.file(found, failed)).then(
    (file) => files.push(file),
    () => problems.push({ kind: 'dropUnreadable', name: entry.name }),
  );
}

/** A reader returns a hundred entries at a time, and none at the end. */
async function entriesIn(folder: FolderEntry, walk: Walk): Promise<Entry[]> {
  const reader = folder.createReader();
  const entries: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((found, failed) => reader.readEntries(found, failed));
    walk.visited += some.length;
    entries.push(...some.filter(({ name }) => !isOfSystem(name)));
    if (some.length === 0 || walk.visited > maxVisited) break;
  }
  return entries.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

const isFile = (entry: Entry): entry is FileEntry => entry.isFile;

/** System files that file managers leave in folders. */
const isOfSystem = (name: string) =>
  /^(\.DS_Store|\.localized|\._.*|__MACOSX|Thumbs\.db|ehthumbs\.db|desktop\.ini)$/i.test(name);
