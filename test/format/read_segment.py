"""Reads segments as lib/index/FORMAT.md says, versions 2 to 6, with nothing but that page and the standard library.

read_segment.py FILE prints as JSON what the segments of FILE hold: documents, lists with their places, deletions, and which
documents each bucket of the image map has. FILE is JSON: name -> {"manifest": text, "items": {sort key: hex}}.
"""

import json
import math
import sys
import zlib

KINDS = {'d': 1, 'c': 2, 'n': 3, 'i': 4, 'x': 5, 'w': 6, 'p': 8}
MOST_PLACES = 8
DEFLATED = 128
MAY_BE_DEFLATED = 'dwp'
MOST_INFLATED = 65_536


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    @property
    def left(self):
        return len(self.data) - self.at

    def raw(self, count):
        assert count <= self.left, 'unexpected end'
        self.at += count
        return self.data[self.at - count : self.at]

    def u8(self):
        return self.raw(1)[0]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.u8()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def zigzag(self):
        value = self.varint()
        return value >> 1 if value % 2 == 0 else -(value + 1 >> 1)

    def bits(self, count, width):
        number = int.from_bytes(self.raw((count * width + 7) // 8), 'little')
        return [number >> i * width & (1 << width) - 1 for i in range(count)]

    def packed(self, count):
        width, exceptions = self.u8(), self.u8()
        values = self.bits(count, width)
        places = [self.u8() for _ in range(exceptions)]
        for place in places:
            values[place] |= self.varint() << width
        return values


def open_item(sk, body, version):
    assert body[0] == version, f'{sk}: version {body[0]}'
    assert zlib.crc32(body[:-4]) == int.from_bytes(body[-4:], 'little'), f'{sk}: checksum'
    payload = body[2:-4]
    if version > 5 and body[1] == KINDS[sk[0]] + DEFLATED and sk[0] in MAY_BE_DEFLATED:
        return Reader(inflated(sk, payload))
    assert body[1] == KINDS[sk[0]], f'{sk}: kind {body[1]}'
    return Reader(payload)


def inflated(sk, payload):
    inflating = zlib.decompressobj(wbits=-15)
    data = inflating.decompress(payload, MOST_INFLATED + 1)
    assert inflating.eof and not inflating.unused_data and len(data) <= MOST_INFLATED, f'{sk}: deflated'
    return data


def term_spelled(spelling, version):
    if version < 6:
        return spelling
    assert not spelling.startswith('='), f'{spelling}: a class before its name'
    return '=' + spelling[:-2] if spelling.endswith(' =') else spelling


def placed(freq, version):
    return freq if version > 2 else min(8 * freq, 2**32 - 1)


def term_freq(placed_freq):
    return math.ceil(placed_freq / 8)


def read_block(reader, count, first, least_len, version):
    form = reader.u8()
    gaps = reader.packed(count - 1)
    freqs = [placed(freq + 1, version) for freq in reader.packed(count)]
    doc_ids = [first]
    for gap in gaps:
        doc_ids.append(doc_ids[-1] + gap + 1)
    if form == 1:
        lengths = [least_len + more for more in reader.packed(count)]
    else:
        lengths = [least_len]
        for more in reader.packed(count - 1):
            lengths.append(lengths[-1] + more)
    return list(zip(doc_ids, freqs, lengths))


def read_chunk(reader, version):
    count = reader.varint()
    rows = []
    first = least_len = 0
    for _ in range((count + 127) // 128):
        first += reader.varint()
        size, highest = reader.varint(), reader.varint()
        least_len += reader.zigzag()
        rows.append((first, size, placed(highest, version), least_len))
    postings = []
    for i, (first, size, highest, least_len) in enumerate(rows):
        block = Reader(reader.raw(size))
        part = read_block(block, min(128, count - 128 * i), first, least_len, version)
        assert block.left == 0
        assert max(freq for _, freq, _ in part) <= highest
        postings += part
    return postings


def read_short(reader, doc_freq, base, version):
    postings = []
    following = 0
    for _ in range(doc_freq):
        number = reader.varint()
        gap, earliness = (number, 8) if version == 2 else (number // 8, number % 8 + 1)
        length = reader.varint()
        freq = reader.varint() if length % 2 else 1
        postings.append((following + gap, (freq - 1) * 8 + earliness, base + length // 2))
        following = postings[-1][0] + 1
    return postings


def read_chunk_table(reader, version):
    """How many chunks a list has: their bounds, the top postings and the impacts are passed over, but for their layout."""
    chunks = reader.varint()
    for _ in range(chunks):
        reader.varint(), reader.varint(), reader.zigzag()
    reader.varint()
    for _ in range(3 * reader.varint()):
        reader.varint()
    named = reader.varint()
    if version < 4:
        reader.raw(16 * named)
    else:
        same, zeros = reader.u8(), reader.u8()
        reader.raw(same + named * (32 - same - zeros))
    for _ in range(2 * reader.varint()):
        reader.varint()
    assert reader.left == 0
    return chunks


def has_places(term, version):
    return version > 4 and term[0] not in '=@' and ' ' not in term


def read_places(reader, postings):
    """Of each posting its places; none where it may stand anywhere."""
    lists = []
    for _, freq, _ in postings:
        often = term_freq(freq)
        first = reader.varint() if often <= MOST_PLACES else 0
        places = [first - 1] if first else []
        while 0 < len(places) < often:
            places.append(places[-1] + reader.varint() + 1)
        lists.append(places)
    return lists


def read_directory(reader, version, items, lists):
    """Adds the lists of a directory, with their chunks, and answers the first spelling of the next one."""
    following = reader.raw(reader.varint()).decode()
    base, count = reader.varint(), reader.varint()
    before = b''
    here = []
    for _ in range(count):
        before = before[: reader.varint()] + reader.raw(reader.varint())
        term, doc_freq = term_spelled(before.decode(), version), reader.varint()
        if doc_freq <= 8:
            postings = read_short(reader, doc_freq, base, version)
            here.append(term)
        else:
            size = reader.varint()
            entry = Reader(reader.raw(size // 2))
            if size % 2 == 0:
                postings = read_chunk(entry, version)
                here.append(term)
            else:
                postings = []
                places = []
                for n in range(read_chunk_table(entry, version)):
                    key = f'{n:08d}/{term}'
                    part = read_chunk(open_item('c', items['c/' + key], version), version)
                    postings += part
                    if has_places(term, version):
                        run = open_item('p', items['p/' + key], version)
                        places += read_places(run, part) if run.left else [[] for _ in part]
                        assert run.left == 0
                if places:
                    lists[term] = {'postings': postings, 'places': places}
        assert len(postings) == doc_freq
        lists.setdefault(term, {'postings': postings})
    for term in here:
        if has_places(term, version):
            lists[term]['places'] = read_places(reader, lists[term]['postings'])
    assert reader.left == 0
    return following


def read_documents(reader):
    same, zeros = reader.u8(), reader.u8()
    start = reader.raw(same)
    documents = []
    length = 0
    while reader.left:
        image = reader.raw(16).hex()
        sequencer = (start + reader.raw(16 - same - zeros) + bytes(zeros)).hex().upper()
        length += reader.zigzag()
        documents.append([image, sequencer, length])
    return documents


def read_bucket(reader):
    count = reader.varint()
    gaps = []
    for start in range(0, count, 128):
        gaps += reader.packed(min(128, count - start))
    doc_ids = reader.bits(count, reader.u8())
    prefix = 0
    pairs = []
    for gap, doc_id in zip(gaps, doc_ids):
        prefix += gap
        pairs.append([prefix, doc_id])
    return pairs


def read_deletions(reader):
    if reader.u8() == 1:
        bits = int.from_bytes(reader.raw(reader.left), 'little')
        return [doc_id for doc_id in range(bits.bit_length()) if bits >> doc_id & 1]
    deleted = []
    while reader.left:
        deleted.append((deleted[-1] + 1 if deleted else 0) + reader.varint())
    return deleted


def read_segment(row, items):
    _, version, docs, total_len, size, whole, deleted, deletions = row
    lists = {}
    documents = []
    buckets = []
    if whole:
        reader = open_item('w', items['w'], version)
        read_directory(Reader(reader.raw(reader.varint())), version, items, lists)
        documents = read_documents(reader)
    else:
        key = 'd/'
        while key is not None:
            following = read_directory(open_item('d', items[key], version), version, items, lists)
            key = 'd/' + following if following else None
        for page in range((docs + 159) // 160):
            documents += read_documents(open_item('n', items[f'n/{page:08d}'], version))
        for bucket in range((docs + 639) // 640):
            buckets.append(read_bucket(open_item('i', items[f'i/{bucket:08d}'], version)))
    gone = read_deletions(open_item('x', items['x/' + deletions], version)) if deletions else []
    assert len(documents) == docs and len(gone) == deleted
    assert sum(length for _, _, length in documents) == total_len
    assert sum(len(body) for sk, body in items.items() if sk[0] != 'x') == size
    return {'documents': documents, 'lists': lists, 'deleted': gone, 'buckets': buckets}


def main(path):
    with open(path, encoding='utf-8') as file:
        golden = json.load(file)
    read = {}
    for name, segment in golden.items():
        items = {sk: bytes.fromhex(body) for sk, body in segment['items'].items()}
        [row] = json.loads(segment['manifest'])['segments']
        read[name] = read_segment(row, items)
    json.dump(read, sys.stdout)


main(sys.argv[1])
