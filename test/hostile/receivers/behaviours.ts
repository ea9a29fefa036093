import type { Random } from '../../support/random.ts';

/** What a receiver does next. It waits in the last one until it is left. */
export type Act =
  | { readonly do: 'send'; readonly bytes: string | Buffer }
  /** Sends it again and again: with a pause after each, or as a flood. */
  | { readonly do: 'repeat'; readonly bytes: string | Buffer; readonly pauseMs: number }
  | { readonly do: 'pause'; readonly ms: number }
  | { readonly do: 'end' | 'reset' | 'hold' };

type Tls = 'none' | 'good' | 'of a stranger' | 'silent' | 'garbage' | 'alert' | 'broken off' | 'slow';

export interface Behaviour {
  readonly name: string;
  /** Before a byte of HTTP. */
  readonly connect: 'accepts' | 'resets' | 'ends' | 'refuses';
  readonly tls: Tls;
  /** Whether it waits for the request before it acts. */
  readonly reads: boolean;
  readonly acts: readonly Act[];
  /** Whether a whole answer with a status of 2xx may be found in what it sends. */
  readonly mayTake: boolean;
}

type Part = readonly [name: string, acts: readonly Act[]];
const send = (bytes: string | Buffer): Act => ({ do: 'send', bytes });
const repeat = (bytes: string | Buffer, pauseMs = 0): Act => ({ do: 'repeat', bytes, pauseMs });

const BEFORE: readonly Part[] = [
  ['nothing', []],
  ['nothing', []],
  ['a pause', [{ do: 'pause', ms: 40 }]],
  ['a pause of twice the deadline', [{ do: 'pause', ms: 800 }]],
  ['100', [send('HTTP/1.1 100 Continue\r\n\r\n')]],
  ['three of 103', [send('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(3))]],
  ['a flood of 102', [repeat('HTTP/1.1 102 Processing\r\n\r\n')]],
  ['102 now and then', [repeat('HTTP/1.1 102 Processing\r\n\r\n', 10)]],
  ['101', [send('HTTP/1.1 101 Switching Protocols\r\n\r\n')]],
  [
    '101 with an upgrade',
    [send('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')],
  ],
  ['empty lines', [repeat('\r\n', 5)]],
];

const TAKING: readonly Part[] = [200, 201, 202, 204, 299].map((code) => [
  String(code),
  [send(`HTTP/1.1 ${code} Fine\r\n`)],
]);
const REFUSING: readonly Part[] = [
  ...[300, 301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 502, 503, 599, 999].map((code): Part => [
    String(code),
    [send(`HTTP/1.1 ${code} No\r\nlocation: http://127.0.0.1:1/\r\n`)],
  ]),
  ['a status of four digits', [send('HTTP/1.1 2000 OK\r\n')]],
  ['a status below 100', [send('HTTP/1.1 20 OK\r\n')]],
  ['HTTP/2 frames', [send(Buffer.from('00000604000000000000030000006400', 'hex'))]],
  ['SSH', [send('SSH-2.0-OpenSSH_9.9\r\n')]],
  ['an endless line', [repeat('HTTP/1.1 200 ' + 'O'.repeat(1_000))]],
  ['a slow line', [repeat('H', 30)]],
  ['zeros', [repeat(Buffer.alloc(4_096))]],
  ['a page without a head', [send('<html>200 OK</html>')]],
];

const HEADERS: readonly Part[] = [
  ['none', []],
  ['none', []],
  ['some', [send('server: some\r\nx-a: b\r\nset-cookie: a=b\r\n')]],
  ['one of 64 KB', [send(`x: ${'y'.repeat(65_536)}\r\n`)]],
  ['a thousand', [send(Array.from({ length: 1_000 }, (_, i) => `x-${i}: y\r\n`).join(''))]],
  ['without end', [repeat('x-again: and again\r\n')]],
  ['a letter at a time', [send('x: '), repeat('y', 20)]],
  ['a control character', [send('x: a\0b\r\n')]],
  ['no colon', [send('nothing\r\n')]],
  ['a folded line', [send('x: a\r\n b\r\n')]],
  ['bare line feeds', [send('x: a\ny: b\n')]],
  ['two lengths', [send('content-length: 1\r\ncontent-length: 2\r\n')]],
  ['a length and chunks', [send('content-length: 3\r\ntransfer-encoding: chunked\r\n')]],
  ['a negative length', [send('content-length: -1\r\n')]],
  ['a length beyond all numbers', [send(`content-length: ${'9'.repeat(40)}\r\n`)]],
  ['an upgrade', [send('connection: upgrade\r\nupgrade: h2c\r\n')]],
  ['a long keep-alive', [send('connection: keep-alive\r\nkeep-alive: timeout=9999\r\n')]],
  ['an unknown coding', [send('content-encoding: zstd, gzip, br\r\n')]],
];

const BODIES: readonly Part[] = [
  ['none', [send('content-length: 0\r\n\r\n')]],
  ['short', [send('content-length: 2\r\n\r\nok')]],
  ['too long', [send('content-length: 2\r\n\r\n' + 'more than was said'.repeat(100))]],
  ['too short', [send('content-length: 20\r\n\r\nok')]],
  ['until the end', [send('\r\nok')]],
  ['of 16 KB', [send('content-length: 16384\r\n\r\n' + 'z'.repeat(16_384))]],
  ['without end', [send('\r\n'), repeat('z'.repeat(8_192))]],
  ['a letter at a time', [send('content-length: 9999\r\n\r\n'), repeat('z', 20)]],
  ['of chunks', [send('transfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n')]],
  ['of chunks without end', [send('transfer-encoding: chunked\r\n\r\n'), repeat('1\r\nz\r\n')]],
  ['of a chunk beyond all numbers', [send('transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\nz')]],
  ['of a chunk with an endless extension', [send('transfer-encoding: chunked\r\n\r\n1;'), repeat('x=y;')]],
  ['with endless trailers', [send('transfer-encoding: chunked\r\n\r\n0\r\n'), repeat('x: y\r\n')]],
  ['of a negative chunk', [send('transfer-encoding: chunked\r\n\r\n-1\r\nz\r\n')]],
  [
    'and a second answer',
    [send('content-length: 0\r\n\r\nHTTP/1.1 500 Second\r\ncontent-length: 0\r\n\r\n')],
  ],
  ['and no end of the head', []],
];

const ENDINGS: readonly Act[] = [{ do: 'end' }, { do: 'reset' }, { do: 'hold' }, { do: 'hold' }];
const TLS: readonly Tls[] = [
  ...Array<Tls>(10).fill('none'),
  ...Array<Tls>(6).fill('good'),
  'of a stranger',
  'silent',
  'garbage',
  'alert',
  'broken off',
  'slow',
];

/** A receiver: at each level one of many ways to behave, most levels well, so that the next one is reached. */
export function behaviourOf(random: Random): Behaviour {
  const connect = random.chance(0.06) ? random.pick(['resets', 'ends', 'refuses'] as const) : 'accepts';
  const tls = random.pick(TLS);
  const before = random.chance(0.3) ? random.pick(BEFORE) : BEFORE[0]!;
  const takes = random.chance(0.6);
  const status = random.pick(takes ? TAKING : REFUSING);
  const headers = random.chance(0.5) ? random.pick(HEADERS) : HEADERS[0]!;
  const body = random.pick(BODIES);
  const ending = random.pick(ENDINGS);
  const reads = random.chance(0.9);
  return {
    name: [
      connect,
      `TLS ${tls}`,
      reads ? 'reads' : 'does not read',
      `before ${before[0]}`,
      `status ${status[0]}`,
      `headers ${headers[0]}`,
      `body ${body[0]}`,
      ending.do,
    ].join(', '),
    connect,
    tls,
    reads,
    acts: [...before[1], ...status[1], ...headers[1], ...body[1], ending],
    mayTake: connect === 'accepts' && (tls === 'none' || tls === 'good' || tls === 'slow') && takes,
  };
}
