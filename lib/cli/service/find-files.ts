import type { Dirent, Stats } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { PICTURE_TYPES } from '../../domain/picture-type.ts';
import { formatOf } from '../../vision/picture-format.ts';
import { CommandError } from '../terminal/command-error.ts';
import { forEachAtOnce } from './send-in-parts.ts';

/** A file on its way: where it is, and the name that it is offered with. */
export interface LocalFile {
  readonly path: string;
  readonly name: string;
  readonly contentType: string;
}

/** What is not sent, and why. */
export interface PassedOver {
  readonly path: string;
  /** That it would have; absent for what was not looked at. */
  readonly name?: string;
  readonly code: PassedOverCode;
  /** In words that may stand behind a number of files: "3 hidden". */
  readonly why: string;
  /** Whether somebody may have meant it to be sent: it was named itself, or is called like a picture. */
  readonly wasMeant?: true;
}

type PassedOverCode =
  | 'hidden'
  | 'of_device'
  | 'no_file'
  | 'broken_link'
  | 'link_to_folder'
  | 'link_to_sent'
  | 'unreadable'
  | 'name_not_utf8'
  | 'gone'
  | 'empty_file'
  | 'not_a_picture'
  | 'format_not_read';
type Why = Pick<PassedOver, 'code' | 'why'>;

export interface FoundFiles {
  readonly files: readonly LocalFile[];
  readonly passedOver: readonly PassedOver[];
}

/** Folders of NAS devices and systems with thumbnails, snapshots and what was thrown away. */
const OF_DEVICES: ReadonlySet<string> = new Set([
  '@eaDir',
  '#recycle',
  '#snapshot',
  '@Recycle',
  '@Recently-Snapshot',
  '$RECYCLE.BIN',
  'System Volume Information',
  'lost+found',
  '__MACOSX',
]);
/** What is called so is meant to be a picture. */
const PICTURE_ENDING =
  /^\.(?:jpe?g|png|webp|gif|avif|tiff?|hei[cf]|bmp|jxl|dng|cr[23]|nef|arw|jp2|svg|psd)$/i;
const HEAD_BYTES = 256;
/** Node.js reads it for bytes of a name that are no UTF-8, and finds no such file then. */
const REPLACED = '\uFFFD';
const LOOKED_AT_ONCE = 16;

/**
 * The pictures in folders, at any depth, and every picture that is named itself: told by what is in the file, whatever its ending.
 * A name is the path from the folder that was given on, its own name included, or the file's own name; composed (NFC). One file that
 * is named in two ways is there once, and under its own name if it is found under that, too: links to it are passed over. Hidden
 * files, folders of devices and links to folders are passed over.
 * @throws CommandError when a path does not exist, or holds no pictures.
 */
export async function findFiles(
  paths: readonly string[],
  { withFolder = true }: { readonly withFolder?: boolean } = {},
): Promise<FoundFiles> {
  const pictures: FoundPicture[] = [];
  const passedOver: PassedOver[] = [];
  for (const path of paths) {
    const found = await candidatesAt(path, withFolder);
    passedOver.push(...found.passedOver);
    const looked = new Map<Candidate, Looked>();
    await forEachAtOnce(found.candidates, LOOKED_AT_ONCE, async (candidate) => {
      looked.set(candidate, await lookAt(candidate));
    });
    for (const candidate of found.candidates) {
      const what = looked.get(candidate)!;
      if ('why' in what) passedOver.push(what);
      else pictures.push({ ...candidate, ...what });
    }
  }
  const { files, links } = withoutTwins(pictures);
  passedOver.push(...links);
  if (files.length === 0 && !passedOver.some(({ wasMeant }) => wasMeant)) throw noPictures(paths, passedOver);
  return { files, passedOver };
}

/** Each file once, and the links to what is there anyway. A file goes before the links to it, whichever is met first. */
function withoutTwins(pictures: readonly FoundPicture[]): {
  readonly files: readonly LocalFile[];
  readonly links: readonly PassedOver[];
} {
  const named = new Map<string, FoundPicture>();
  for (const picture of pictures) {
    const before = named.get(picture.real);
    if (!before || (before.isLink && !picture.isLink)) named.set(picture.real, picture);
  }
  const files: LocalFile[] = [];
  const links = new Map<string, PassedOver>();
  for (const picture of pictures) {
    const { path, name, contentType, place, real, isLink } = picture;
    const sent = named.get(real)!;
    if (picture === sent) files.push({ path, name, contentType });
    else if (isLink && place !== sent.place)
      // What was given twice has one place, and is told once.
      links.set(place, {
        path,
        name,
        code: 'link_to_sent',
        why: `a link to ${sent.isLink ? 'the same file as ' : ''}${sent.name}`,
      });
  }
  return { files, links: [...links.values()] };
}

/** A file that may be a picture. */
interface Candidate {
  readonly path: string;
  readonly name: string;
  /** Not found in a folder, but named. */
  readonly isNamed: boolean;
}

async function candidatesAt(path: string, withFolder: boolean) {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new CommandError('no_such_path', `there is no file or folder ${path}`, { cause });
  });
  const base = basename(resolve(path)).normalize('NFC');
  if (stats.isFile())
    return { candidates: [{ path, name: base, isNamed: true }], passedOver: [] as PassedOver[] };
  if (!stats.isDirectory())
    return { candidates: [], passedOver: [{ path, name: base, ...NO_FILE, wasMeant: true as const }] };
  const candidates: Candidate[] = [];
  const passedOver: PassedOver[] = [];
  const walk = async (folder: string, prefix: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      passedOver.push({ path: folder, name: prefix, ...whyNotRead(folder, error), wasMeant: true });
      return [];
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const found = join(folder, entry.name);
      const name = `${prefix}${entry.name.normalize('NFC')}`;
      const why = await whyNotTaken(entry, found);
      if (why) passedOver.push({ path: found, ...why });
      else if (entry.isDirectory()) await walk(found, `${name}/`);
      else candidates.push({ path: found, name, isNamed: false });
    }
  };
  await walk(path, withFolder && base !== '' ? `${base}/` : '');
  return { candidates, passedOver };
}

const NO_FILE: Why = { code: 'no_file', why: 'neither a file nor a folder' };

/** What is neither a file nor a folder to go into. */
async function whyNotTaken(entry: Dirent, path: string): Promise<Why | undefined> {
  if (entry.name.startsWith('.')) return { code: 'hidden', why: 'hidden' };
  if (OF_DEVICES.has(entry.name)) return { code: 'of_device', why: "a device's own folder" };
  if (entry.isDirectory() || entry.isFile()) return undefined;
  if (!entry.isSymbolicLink()) return NO_FILE;
  const target: Stats | undefined = await stat(path).catch(() => undefined);
  if (!target) return { code: 'broken_link', why: 'a link to nothing' };
  return target.isFile() ? undefined : { code: 'link_to_folder', why: 'a link to a folder' };
}

interface Picture {
  /** Its path without links to folders: where it is itself, a link or not. */
  readonly place: string;
  /** Where its content is. */
  readonly real: string;
  readonly isLink: boolean;
  /** By its first bytes. */
  readonly contentType: string;
}

type FoundPicture = Candidate & Picture;

/** A picture, or why it is not sent. */
type Looked = Picture | PassedOver;

async function lookAt({ path, name, isNamed }: Candidate): Promise<Looked> {
  const wasMeant = isNamed || PICTURE_ENDING.test(extname(path));
  const not = (code: Why['code'], why: string): PassedOver => ({
    path,
    name,
    code,
    why,
    ...(wasMeant && { wasMeant }),
  });
  let head: Uint8Array;
  let places: Omit<Picture, 'contentType'>;
  try {
    head = await headOf(path);
    places = await placesOf(path);
  } catch (error) {
    const { code, why } = whyNotRead(path, error);
    return not(code, why);
  }
  if (head.length === 0) return not('empty_file', 'an empty file');
  const format = formatOf(head);
  if (format === undefined) return not('not_a_picture', 'no picture by its content');
  const contentType = PICTURE_TYPES[format];
  if (contentType !== undefined) return { ...places, contentType };
  return not('format_not_read', `${format.toUpperCase()}, which is not read: convert it to JPEG`);
}

async function placesOf(path: string): Promise<Omit<Picture, 'contentType'>> {
  const real = await realpath(path);
  if (!(await lstat(path)).isSymbolicLink()) return { place: real, real, isLink: false };
  return { place: join(await realpath(dirname(path)), basename(path)), real, isLink: true };
}

function whyNotRead(path: string, error: unknown): Why {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
    return { code: 'unreadable', why: 'cannot be read by you' };
  return path.includes(REPLACED)
    ? { code: 'name_not_utf8', why: 'a name that is not in UTF-8: give it another one' }
    : { code: 'gone', why: 'gone since it was found' };
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function noPictures(paths: readonly string[], passedOver: readonly PassedOver[]): CommandError {
  const taken = Object.keys(PICTURE_TYPES).join(', ');
  const more = passedOver.length === 0 ? '' : `; ${passedOver.length} passed over`;
  return new CommandError('no_pictures', `no pictures in ${paths.join(', ')}: ${taken} are read${more}`);
}
