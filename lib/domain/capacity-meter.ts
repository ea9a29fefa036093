/** What talking to a store has cost, in DynamoDB's terms. */
export interface Capacity {
  readonly readRequests: number;
  /** Read request units: 4 KB each, half of one for eventually consistent reads. */
  readonly readUnits: number;
  /** Bytes of the items that came back. */
  readonly readBytes: number;
  /** Sequential reads: how often reading began while no other read was under way. */
  readonly rounds: number;
  readonly writeRequests: number;
  /** Write request units: 1 KB each. */
  readonly writeUnits: number;
  /** Bytes of the items that were sent. */
  readonly writtenBytes: number;
}

const NOTHING: Capacity = {
  readRequests: 0,
  readUnits: 0,
  readBytes: 0,
  rounds: 0,
  writeRequests: 0,
  writeUnits: 0,
  writtenBytes: 0,
};

/** Adds up what a store reports. */
export class CapacityMeter {
  #counted = NOTHING;

  /** What was counted since this meter was made; later counting leaves it as it is. */
  snapshot(): Capacity {
    return this.#counted;
  }

  /** What was counted since a snapshot. */
  since(before: Capacity): Capacity {
    return minus(this.#counted, before);
  }

  add(cost: Partial<Capacity>): void {
    this.#counted = plus(this.#counted, { ...NOTHING, ...cost });
  }
}

export const plus = (a: Capacity, b: Capacity): Capacity => combine(a, b, (x, y) => x + y);
const minus = (a: Capacity, b: Capacity): Capacity => combine(a, b, (x, y) => x - y);

function combine(a: Capacity, b: Capacity, of: (x: number, y: number) => number): Capacity {
  return {
    readRequests: of(a.readRequests, b.readRequests),
    readUnits: of(a.readUnits, b.readUnits),
    readBytes: of(a.readBytes, b.readBytes),
    rounds: of(a.rounds, b.rounds),
    writeRequests: of(a.writeRequests, b.writeRequests),
    writeUnits: of(a.writeUnits, b.writeUnits),
    writtenBytes: of(a.writtenBytes, b.writtenBytes),
  };
}
