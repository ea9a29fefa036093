import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SegmentId } from '../../../lib/domain/ids.ts';
import { randomOf, type Random } from '../../support/random.ts';
import { readFields, writeFields, type Field } from './fields.ts';
import { MANIFEST, type Change, type HonestIndex } from './honest-index.ts';

/** One or two items that lie, behind right checksums. */
export interface Lie {
  /** Kind of the item and its format version, such as `d2`. */
  readonly kind: string;
  readonly how: string;
  readonly changes: readonly Change[];
}

interface Place {
  readonly segmentId: SegmentId;
  readonly sk: string;
  readonly body: Uint8Array;
  readonly kind: string;
}

const HEAD = 2;
const CHECKSUM = 4;
/** Added to the kind of an item whose payload is deflated. */
const DEFLATED = 128;
const MAX = 0xffff_ffff;

/** Items by kind and version. Kinds with few items are lied about as often as those with many. */
export function placesOf({ segments, items }: HonestIndex): ReadonlyMap<string, Place[]> {
  const places = segments.flatMap(({ id, deletions }) =>
    [...items.get(id)!]
      .filter(([sk]) => !sk.startsWith('x/') || sk === `x/${deletions}`)
      .map(([sk, body]): Place => ({ segmentId: id, sk, body, kind: `${sk[0]!}${body[0]!}` })),
  );
  return Map.groupBy(places, ({ kind }) => kind);
}

/** Lie number `number` of a seed: the same one every time. */
export function lieOf(
  index: HonestIndex,
  places: ReadonlyMap<string, Place[]>,
  seed: number,
  number: number,
): Lie {
  const random = randomOf(seed * 1_000_003 + number);
  const kinds = [...places.keys(), MANIFEST];
  // Round and round, so that every kind has its share.
  const kind = kinds[number % kinds.length]!;
  for (;;) {
    const lie =
      kind === MANIFEST
        ? lieOfManifest(index, random)
        : lieOfItem(places, random.pick(places.get(kind)!), random);
    if (lie) return lie;
  }
}

/** Behind the frame's checksum. */
function framed(
  place: Place,
  payload: Uint8Array,
  [version, kind] = [place.body[0]!, place.body[1]!],
): Change {
  const stored = kind >= DEFLATED ? deflateRawSync(payload) : payload;
  const body = Buffer.alloc(HEAD + stored.length + CHECKSUM);
  body.set([version, kind]);
  body.set(stored, HEAD);
  body.writeUInt32LE(crc32(body.subarray(0, -CHECKSUM)), body.length - CHECKSUM);
  return { segmentId: place.segmentId, sk: place.sk, body: new Uint8Array(body) };
}

/** What is deflated is changed as it is stored. */
function lieOfDeflated(place: Place, stored: Uint8Array, random: Random): Lie {
  const body = Buffer.from(place.body);
  for (let flips = random.pick([1, 1, 2, 5]); flips > 0; flips -= 1)
    body[HEAD + random.below(stored.length)]! ^= 1 << random.below(8);
  body.writeUInt32LE(crc32(body.subarray(0, -CHECKSUM)), body.length - CHECKSUM);
  const change = { segmentId: place.segmentId, sk: place.sk, body: new Uint8Array(body) };
  return { kind: place.kind, how: 'deflated bits flipped', changes: [change] };
}

function lieOfItem(places: ReadonlyMap<string, Place[]>, place: Place, random: Random): Lie | undefined {
  const stored = place.body.slice(HEAD, -CHECKSUM);
  const isDeflated = place.body[1]! >= DEFLATED;
  if (isDeflated && random.chance(0.1)) return lieOfDeflated(place, stored, random);
  const payload = isDeflated ? new Uint8Array(inflateRawSync(stored)) : stored;
  const made = (how: string, ...changes: Change[]): Lie | undefined =>
    changes.every(({ body }) => Buffer.compare(body, place.body) === 0)
      ? undefined
      : { kind: place.kind, how, changes };
  const share = random.fraction();
  if (share < 0.66) {
    const fields = readFields(payload, place.kind);
    let how = '';
    for (let changes = random.pick([1, 1, 1, 2, 3]); changes > 0; changes -= 1)
      how = changeField(fields, random);
    return made(how, framed(place, writeFields(fields)));
  }
  if (share < 0.76) {
    for (let flips = random.pick([1, 1, 2, 5]); flips > 0; flips -= 1) {
      const at = random.chance(0.3)
        ? random.below(Math.min(payload.length, 24))
        : random.below(payload.length);
      payload[at]! ^= 1 << random.below(8);
    }
    return made('bits flipped', framed(place, payload));
  }
  if (share < 0.8) {
    const at = random.below(payload.length);
    payload.fill(random.pick([0, 0xff, 0x80, 0x7f]), at, at + random.pick([1, 2, 5, 20]));
    return made('bytes set', framed(place, payload));
  }
  if (share < 0.85)
    return made('truncated', framed(place, payload.subarray(0, random.below(payload.length))));
  if (share < 0.88) {
    const more = Buffer.concat([
      payload,
      Buffer.alloc(random.pick([1, 16, 1_000, 300_000]), random.pick([0, 1, 0x80, 0xff])),
    ]);
    return made('extended', framed(place, more));
  }
  if (share < 0.91) {
    const at = random.below(payload.length);
    const piece = payload.subarray(at, at + random.pick([1, 17, 22, 128]));
    const repeated = [
      payload.subarray(0, at),
      ...Array<Uint8Array>(random.pick([2, 100, 2_000])).fill(piece),
      payload.subarray(at),
    ];
    return made('a piece repeated', framed(place, Buffer.concat(repeated).subarray(0, 390_000)));
  }
  if (share < 0.94) {
    const version = random.pick([0, 1, 2, 3, 255]);
    const kind = random.chance(0.3) ? random.below(9) : place.body[1]!;
    return made('another version or kind', framed(place, payload, [version, kind]));
  }
  const like = places.get(place.kind)!.filter(({ body }) => body !== place.body);
  const other = random.pick(random.chance(0.8) && like.length > 0 ? like : [...places.values()].flat());
  return made(
    'swapped with another item',
    { segmentId: place.segmentId, sk: place.sk, body: other.body },
    { segmentId: other.segmentId, sk: other.sk, body: place.body },
  );
}

/** The lists of fields in a tree, the outermost first. */
function groupsOf(fields: Field[]): Field[][] {
  const inner = fields.flatMap((field) => ('fields' in field ? groupsOf(field.fields) : []));
  return [fields, ...inner].filter((group) => group.length > 0);
}

function changeField(fields: Field[], random: Random): string {
  const group = random.pick(groupsOf(fields));
  // Counts and heads stand at the beginning.
  const at = random.chance(0.35) ? random.below(Math.min(6, group.length)) : random.below(group.length);
  const field = group[at]!;
  const act = random.fraction();
  if (act < 0.06) {
    group.splice(at, 0, ...Array<Field>(random.pick([1, 1, 200])).fill(structuredClone(field)));
    return 'a field doubled';
  }
  if (act < 0.12) {
    group.splice(at, 1);
    return 'a field removed';
  }
  if (act < 0.2) {
    const others = [...group.keys()].filter((i) => group[i]!.kind === field.kind);
    const other = random.pick(others);
    [group[at], group[other]] = [group[other]!, field];
    return 'two fields swapped';
  }
  if (field.kind === 'list' && random.chance(0.3)) {
    group[at] = { ...field, inChunks: !field.inChunks };
    return 'a list in another form';
  }
  if ('fields' in field) return changeField(field.fields.length > 0 ? field.fields : group, random);
  if (field.kind === 'bytes') {
    const bytes = field.bytes.slice();
    if (bytes.length > 0) bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    else group.splice(at, 1);
    group[at] = { kind: 'bytes', bytes };
    return 'bytes of a field';
  }
  const { value } = field;
  const near = random.pick([value + 1, value - 1, value * 2, value + 128, Math.floor(value / 2)]);
  const far = random.pick([
    0,
    1,
    2,
    63,
    127,
    128,
    65_536,
    2 ** 24,
    2 ** 31 - 1,
    2 ** 31,
    MAX,
    MAX - 1,
    random.below(MAX),
  ]);
  const next = random.chance(0.5) ? near : far;
  const limit = field.kind === 'u8' ? 255 : MAX;
  field.value =
    field.kind === 'zigzag'
      ? Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, random.chance(0.5) ? -next : next))
      : next < 0
        ? limit
        : next > limit
          ? limit
          : next;
  return next === near ? 'a number a little off' : 'a number far off';
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function lieOfManifest({ manifest }: HonestIndex, random: Random): Lie | undefined {
  const value = JSON.parse(manifest) as Json;
  let how = '';
  for (let changes = random.pick([1, 1, 2]); changes > 0; changes -= 1) how = changeJson(value, random);
  const text = random.chance(0.05) ? manifest.slice(0, random.below(manifest.length)) : JSON.stringify(value);
  if (text === manifest) return undefined;
  return { kind: MANIFEST, how, changes: [{ segmentId: MANIFEST, sk: MANIFEST, body: Buffer.from(text) }] };
}

function changeJson(value: Json, random: Random): string {
  const holders: (Json[] | Record<string, Json>)[] = [];
  (function walk(one: Json): void {
    if (typeof one !== 'object' || one === null) return;
    holders.push(one);
    for (const inner of Object.values(one)) walk(inner);
  })(value);
  const holder = random.pick(holders);
  if (Array.isArray(holder) && random.chance(0.25)) {
    const at = random.below(holder.length + 1);
    const act = random.below(3);
    if (act === 0) holder.splice(at, 1);
    else if (act === 1) holder.splice(at, 0, structuredClone(holder[at] ?? null));
    else holder.reverse();
    return 'a row removed, doubled or moved';
  }
  const names = Object.keys(holder);
  if (names.length === 0) return 'nothing';
  const name = random.pick(names);
  const at = holder as Record<string, Json>;
  const old = at[name];
  at[name] =
    typeof old === 'number'
      ? random.pick([0, 1, -1, old + 1, old - 1, old * 2, 2 ** 28, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, 0.5])
      : typeof old === 'string'
        ? random.pick(['', 'x', `${old}x`, 'v6-parts', 'v6-whole', '00000000a-0123456789abcdef'])
        : random.chance(0.7)
          ? old!
          : random.pick<Json>([null, [], {}, 'x', 7]);
  return 'a value';
}
