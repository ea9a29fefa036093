import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EngineMissingError, type Engine, type EngineHit } from './engine.ts';
import { folderBytes } from './folder-bytes.ts';
import { readTerms } from './terms-file.ts';

/** Where Debian puts jars. */
const JARS = '/usr/share/java';
const SOURCE = fileURLToPath(new URL('LuceneEngine.java', import.meta.url));
const HOW_TO_GET = 'not there: apt-get install default-jdk-headless liblucene8-java';

/**
 * Lucene from Debian in a Java process of its own, which LuceneEngine.java describes. It needs a JDK of 11 or newer.
 * @param jarsFolder where lucene-core-VERSION.jar and its analyzers are
 */
export async function openLucene(folder: string, jarsFolder = JARS): Promise<Engine> {
  const jars = luceneJars(jarsFolder);
  if (!jars) throw new EngineMissingError(HOW_TO_GET);
  const java = spawn('java', ['-Xmx4g', '-cp', jars.join(':'), SOURCE, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const died = new Promise<never>((_, reject) => {
    java.once('error', (cause) => reject(new EngineMissingError(HOW_TO_GET, { cause })));
    java.once('exit', (code) =>
      reject(new Error(`Java has ended with ${code}; what it wrote above says why`)),
    );
  });
  died.catch(() => undefined); // heard by whoever waits for an answer, and expected at the end
  java.stdin.on('error', () => undefined); // it has died, then
  const lines = createInterface({ input: java.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { done, value } = await Promise.race([lines.next(), died]);
    return done ? await died : value;
  };

  return {
    version: await nextLine(),
    async build(corpus) {
      java.stdin.write(`${corpus.size}\n`);
      for await (const terms of readTerms(corpus)) {
        if (!java.stdin.write(`${terms}\n`)) await Promise.race([once(java.stdin, 'drain'), died]);
      }
      await nextLine();
    },
    async search({ terms }, k) {
      java.stdin.write(`${k} ${terms.join(' ')}\n`);
      const [nanoseconds, ...found] = (await nextLine()).split(' ');
      return { found: found.map(foundOf), cpuMs: Number(nanoseconds) / 1e6 };
    },
    storedBytes: () => folderBytes(folder),
    async close() {
      java.stdin.end();
      if (java.exitCode === null) await once(java, 'exit');
    },
  };
}

function foundOf(pair: string): EngineHit {
  const [doc, score] = pair.split(':').map(Number);
  return { doc: doc!, score: score! };
}

/** The core and the analyzers of the newest version that LuceneEngine.java can use; undefined without one. */
function luceneJars(folder: string): readonly string[] | undefined {
  const versions = globSync('lucene-core-*.jar', { cwd: folder })
    .map((name) => /^lucene-core-([89]\.[\d.]+)\.jar$/.exec(name)?.[1])
    .filter((version) => version !== undefined)
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const version of versions) {
    // Its name changed with version 9.
    const [analysis] = globSync(`lucene-{analysis,analyzers}-common-${version}.jar`, { cwd: folder });
    if (analysis) return [`${folder}/lucene-core-${version}.jar`, `${folder}/${analysis}`];
  }
  return undefined;
}
