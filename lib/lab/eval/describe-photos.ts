import { readdir, readFile } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { startBedrock } from '../../../infra/local/bedrock/server.ts';
import { bedrockVisionModel } from '../../adapters/bedrock-vision-model.ts';
import { inProcessDecoder } from '../../adapters/in-process-decoder.ts';
import { GlossError } from '../../domain/errors.ts';
import { imageIdOf, sequencerAfter, type ImageId, type TenantId } from '../../domain/ids.ts';
import { uploadKey } from '../../domain/object-key.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { VisionModel } from '../../ports/vision-model.ts';
import { describeImage } from '../../steps/images/describe-image.ts';
import type { CropPolicy } from '../../domain/tenant.ts';
import type { TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import type { Progress } from '../progress.ts';

/** Photos described at once: enough to keep the model busy while others are decoded. */
const PARALLEL = 3;
const LIMITS = { maxBytes: 25 * 2 ** 20, maxPixels: 100_000_000 };

/**
 * Describes every photo of a folder with the embedded model and indexes its gloss, through the real steps.
 * Answers by image the id that the set's labels use: from `idOfFile`, else the file's name without extension; and how often it
 * was asked.
 */
export async function describePhotos(
  store: TemporaryIndex,
  tenant: TenantId,
  folder: string,
  cropPolicy: CropPolicy,
  idOfFile: ReadonlyMap<string, string>,
  progress: Progress,
): Promise<{ readonly names: Map<ImageId, string>; readonly calls: number }> {
  const files = (await readdir(folder)).filter((file) => extname(file) === '.jpg').sort();
  const bedrock = await startBedrock({});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new BedrockRuntimeClient({ endpoint: bedrock.endpoint, region: 'us-east-1', credentials });
  const objects = folderObjects(tenant, folder);
  const model = bedrockVisionModel(client, { modelId: 'embedded-detector', maxOutputTokens: 600 });
  let calls = 0;
  const counted: VisionModel = {
    modelId: model.modelId,
    look: (...view) => {
      calls += 1;
      return model.look(...view);
    },
  };
  const deps = {
    ...store.deps,
    objects,
    decoder: inProcessDecoder(objects),
    model: counted,
    settings: {
      cropPolicy,
      ...LIMITS,
      limits: { images: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER },
    },
  };
  const names = new Map<ImageId, string>();
  progress.phase(`describing (${cropPolicy})`, files.length);
  const timeIsUp = new AbortController().signal; // a command has all the time it takes
  const queue = files.values();
  const work = async () => {
    for (const name of queue) {
      const imageId = imageIdOf(tenant, name);
      const request = {
        tenant,
        imageId,
        name,
        key: uploadKey(tenant, name),
        bytes: 0,
        object: { storedAtMs: store.deps.clock.nowMs() },
        lastAttempt: true,
        timeIsUp,
      };
      const outcome = await describeImage(deps, {
        ...request,
        sequencer: sequencerAfter(undefined, store.deps.clock.nowMs()),
      });
      if (outcome === 'waiting')
        throw new GlossError('unavailable', 'model_unavailable', 'the model was not to be had');
      names.set(imageId, idOfFile.get(name) ?? parse(name).name);
      progress.update(names.size);
    }
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL }, work));
    await store.settle(tenant);
  } finally {
    progress.stop();
    client.destroy();
    await bedrock.close();
  }
  return { names, calls };
}

/** A folder of files as a bucket of uploads; thumbnails, which nobody looks at here, go nowhere. */
function folderObjects(tenant: TenantId, folder: string): ObjectStore {
  const prefix = uploadKey(tenant, '-').slice(0, -1);
  const noAddress = () =>
    Promise.reject(new GlossError('unsupported', 'no_address', 'files of a folder have no address'));
  return {
    get: async (_tenant, key) => ({
      bytes: await readFile(join(folder, key.slice(prefix.length))),
      contentType: undefined,
    }),
    put: () => Promise.resolve(),
    removeUnder: () => Promise.resolve(),
    replace: noAddress,
    removeOwn: () => Promise.resolve(),
    removeSeen: () => Promise.resolve(),
    isThere: () => Promise.resolve(true),
    hasVersions: () => Promise.resolve(false),
    removeFromBefore: () => Promise.resolve(),
    urlFor: noAddress,
    uploadTarget: noAddress,
  };
}
