// @ts-check

/** Files below this are none that somebody means: `.DS_Store` and its like. */
const isHidden = (/** @type {string} */ name) => name.startsWith('.');

/**
 * The files that were dropped, those within folders, too; these carry their folders in their names.
 * @param {DataTransfer} dropped
 * @returns {Promise<File[]>}
 */
export async function droppedFiles(dropped) {
  // All are asked for before the first wait: a drop lets nobody look into it later.
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...dropped.files];
  return (await Promise.all(entries.map((entry) => filesOf(entry, '')))).flat();
}

/** @param {FileSystemEntry} entry @param {string} folder @returns {Promise<File[]>} */
async function filesOf(entry, folder) {
  if (isHidden(entry.name)) return [];
  const name = folder + entry.name;
  if (entry.isFile) return [await fileOf(/** @type {FileSystemFileEntry} */ (entry), name)];
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const files = [];
  // It tells of some at a time, and of none at the end.
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const one of some) files.push(...(await filesOf(one, `${name}/`)));
  }
}

/** @param {FileSystemFileEntry} entry @param {string} name @returns {Promise<File>} */
const fileOf = (entry, name) =>
  new Promise((resolve, reject) =>
    entry.file(
      (file) => resolve(name === file.name ? file : new File([file], name, { type: file.type })),
      reject,
    ),
  );
