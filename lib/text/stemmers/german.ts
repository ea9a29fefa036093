// Generated from german.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const V = new Set('aeiouyäöü');

const ET_ENDING = new Set('Udfgklmnrstzä');

const S_ENDING = new Set('bdfghklmnrt');

const ST_ENDING = new Set('bdfghklmnt');

const A_0: readonly Among[] = [
  ['', -1, 5],
  ['ae', 0, 2],
  ['oe', 0, 3],
  ['qu', 0, -1],
  ['ue', 0, 4],
  ['ß', 0, 1],
];

const A_1: readonly Among[] = [
  ['', -1, 5],
  ['U', 0, 2],
  ['Y', 0, 1],
  ['ä', 0, 3],
  ['ö', 0, 4],
  ['ü', 0, 2],
];

const A_2: readonly Among[] = [
  ['e', -1, 3],
  ['em', -1, 1],
  ['en', -1, 3],
  ['erinnen', 2, 2],
  ['erin', -1, 2],
  ['ln', -1, 5],
  ['ern', -1, 2],
  ['er', -1, 2],
  ['s', -1, 4],
  ['es', 8, 3],
  ['lns', 8, 5],
];

const A_3: readonly Among[] = [
  ['tick', -1, -1],
  ['plan', -1, -1],
  ['geordn', -1, -1],
  ['intern', -1, -1],
  ['tr', -1, -1],
];

const A_4: readonly Among[] = [
  ['en', -1, 1],
  ['er', -1, 1],
  ['et', -1, 3],
  ['st', -1, 2],
  ['est', 3, 1],
];

const A_5: readonly Among[] = [
  ['ig', -1, 1],
  ['lich', -1, 1],
];

const A_6: readonly Among[] = [
  ['end', -1, 1],
  ['ig', -1, 2],
  ['ung', -1, 1],
  ['lich', -1, 3],
  ['isch', -1, 2],
  ['ik', -1, 2],
  ['heit', -1, 3],
  ['keit', -1, 4],
];

const A_7: readonly Among[] = [
  ["'", -1, 1],
  ["'sch", -1, 1],
  ["'s", -1, 1],
];

export class GermanStemmer extends BaseStemmer {
  private IP2 = 0;
  private IP1 = 0;

  private rPrelude(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    v1 = this.cursor;
    loop1: while (true) {
      v2 = this.cursor;
      lab0n2: {
        loop3: while (true) {
          v3 = this.cursor;
          lab1n4: {
            if (!this.inGrouping(V)) {
              break lab1n4;
            }
            this.bra = this.cursor;
            loop5: {
              v4 = this.cursor;
              lab2n6: {
                if (this.cursor === this.limit || this.current[this.cursor] !== 'u') {
                  break lab2n6;
                }
                this.cursor += 1;
                this.ket = this.cursor;
                if (!this.inGrouping(V)) {
                  break lab2n6;
                }
                this.sliceFrom('U');
                break loop5;
              }
              this.cursor = v4;
              if (this.cursor === this.limit || this.current[this.cursor] !== 'y') {
                break lab1n4;
              }
              this.cursor += 1;
              this.ket = this.cursor;
              if (!this.inGrouping(V)) {
                break lab1n4;
              }
              this.sliceFrom('Y');
              break loop5;
            }
            this.cursor = v3;
            break loop3;
          }
          this.cursor = v3;
          if (this.cursor >= this.limit) {
            break lab0n2;
          }
          this.cursor += 1;
        }
        continue loop1;
      }
      this.cursor = v2;
      break loop1;
    }
    this.cursor = v1;
    loop7: while (true) {
      v5 = this.cursor;
      lab0n8: {
        this.bra = this.cursor;
        amongVar = this.findAmong(A_0);
        this.ket = this.cursor;
        if (amongVar === 1) {
          this.sliceFrom('ss');
        } else if (amongVar === 2) {
          this.sliceFrom('ä');
        } else if (amongVar === 3) {
          this.sliceFrom('ö');
        } else if (amongVar === 4) {
          this.sliceFrom('ü');
        } else if (amongVar === 5) {
          if (this.cursor >= this.limit) {
            break lab0n8;
          }
          this.cursor += 1;
        }
        continue loop7;
      }
      this.cursor = v5;
      break loop7;
    }
    return true;
  }

  private rMarkRegions(): boolean {
    let IX: number;
    let v1: number;
    this.IP1 = this.limit;
    this.IP2 = this.limit;
    v1 = this.cursor;
    if (this.cursor + 3 > this.limit) {
      return false;
    }
    this.cursor += 3;
    IX = this.cursor;
    this.cursor = v1;
    if (!this.goOutGrouping(V)) {
      return false;
    }
    this.cursor += 1;
    if (!this.goInGrouping(V)) {
      return false;
    }
    this.cursor += 1;
    this.IP1 = this.cursor;
    lab0n1: {
      if (this.IP1 >= IX) {
        break lab0n1;
      }
      this.IP1 = IX;
    }
    if (!this.goOutGrouping(V)) {
      return false;
    }
    this.cursor += 1;
    if (!this.goInGrouping(V)) {
      return false;
    }
    this.cursor += 1;
    this.IP2 = this.cursor;
    return true;
  }

  private rPostlude(): boolean {
    let amongVar: number;
    let v1: number;
    loop1: while (true) {
      v1 = this.cursor;
      lab0n2: {
        this.bra = this.cursor;
        amongVar = this.findAmong(A_1);
        this.ket = this.cursor;
        if (amongVar === 1) {
          this.sliceFrom('y');
        } else if (amongVar === 2) {
          this.sliceFrom('u');
        } else if (amongVar === 3) {
          this.sliceFrom('a');
        } else if (amongVar === 4) {
          this.sliceFrom('o');
        } else {
          if (this.cursor >= this.limit) {
            break lab0n2;
          }
          this.cursor += 1;
        }
        continue loop1;
      }
      this.cursor = v1;
      break loop1;
    }
    return true;
  }

  private rR1(): boolean {
    return this.IP1 <= this.cursor;
  }

  private rR2(): boolean {
    return this.IP2 <= this.cursor;
  }

  private rStandardSuffix(): boolean {
    let amongVar: number;
    let v10: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    let v6: number;
    let v7: number;
    let v8: number;
    let v9: number;
    v1 = this.limit - this.cursor;
    lab0n1: {
      this.ket = this.cursor;
      amongVar = this.findAmongB(A_2);
      if (amongVar === 0) {
        break lab0n1;
      }
      this.bra = this.cursor;
      if (!this.rR1()) {
        break lab0n1;
      }
      if (amongVar === 1) {
        lab1n2: {
          if (!this.eqSB('syst')) {
            break lab1n2;
          }
          break lab0n1;
        }
        this.sliceDel();
      } else if (amongVar === 2) {
        this.sliceDel();
      } else if (amongVar === 3) {
        this.sliceDel();
        v2 = this.limit - this.cursor;
        lab1n3: {
          this.ket = this.cursor;
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 's') {
            this.cursor = this.limit - v2;
            break lab1n3;
          }
          this.cursor -= 1;
          this.bra = this.cursor;
          if (!this.eqSB('nis')) {
            this.cursor = this.limit - v2;
            break lab1n3;
          }
          this.sliceDel();
        }
      } else if (amongVar === 4) {
        if (!this.inGroupingB(S_ENDING)) {
          break lab0n1;
        }
        this.sliceDel();
      } else {
        this.sliceFrom('l');
      }
    }
    this.cursor = this.limit - v1;
    v3 = this.limit - this.cursor;
    lab0n4: {
      this.ket = this.cursor;
      amongVar = this.findAmongB(A_4);
      if (amongVar === 0) {
        break lab0n4;
      }
      this.bra = this.cursor;
      if (!this.rR1()) {
        break lab0n4;
      }
      if (amongVar === 1) {
        this.sliceDel();
      } else if (amongVar === 2) {
        if (!this.inGroupingB(ST_ENDING)) {
          break lab0n4;
        }
        if (this.cursor - 3 < this.limitBackward) {
          break lab0n4;
        }
        this.cursor -= 3;
        this.sliceDel();
      } else {
        v4 = this.limit - this.cursor;
        if (!this.inGroupingB(ET_ENDING)) {
          break lab0n4;
        }
        this.cursor = this.limit - v4;
        v5 = this.limit - this.cursor;
        lab1n5: {
          if (this.findAmongB(A_3) === 0) {
            break lab1n5;
          }
          break lab0n4;
        }
        this.cursor = this.limit - v5;
        this.sliceDel();
      }
    }
    this.cursor = this.limit - v3;
    v6 = this.limit - this.cursor;
    lab0n6: {
      this.ket = this.cursor;
      amongVar = this.findAmongB(A_6);
      if (amongVar === 0) {
        break lab0n6;
      }
      this.bra = this.cursor;
      if (!this.rR2()) {
        break lab0n6;
      }
      if (amongVar === 1) {
        this.sliceDel();
        v7 = this.limit - this.cursor;
        lab1n7: {
          this.ket = this.cursor;
          if (!this.eqSB('ig')) {
            this.cursor = this.limit - v7;
            break lab1n7;
          }
          this.bra = this.cursor;
          lab2n8: {
            if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'e') {
              break lab2n8;
            }
            this.cursor -= 1;
            this.cursor = this.limit - v7;
            break lab1n7;
          }
          if (!this.rR2()) {
            this.cursor = this.limit - v7;
            break lab1n7;
          }
          this.sliceDel();
        }
      } else if (amongVar === 2) {
        lab1n9: {
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'e') {
            break lab1n9;
          }
          this.cursor -= 1;
          break lab0n6;
        }
        this.sliceDel();
      } else if (amongVar === 3) {
        this.sliceDel();
        v8 = this.limit - this.cursor;
        lab1n10: {
          this.ket = this.cursor;
          loop11: {
            lab2n12: {
              if (!this.eqSB('er')) {
                break lab2n12;
              }
              break loop11;
            }
            if (!this.eqSB('en')) {
              this.cursor = this.limit - v8;
              break lab1n10;
            }
            break loop11;
          }
          this.bra = this.cursor;
          if (!this.rR1()) {
            this.cursor = this.limit - v8;
            break lab1n10;
          }
          this.sliceDel();
        }
      } else {
        this.sliceDel();
        v9 = this.limit - this.cursor;
        lab1n13: {
          this.ket = this.cursor;
          if (this.findAmongB(A_5) === 0) {
            this.cursor = this.limit - v9;
            break lab1n13;
          }
          this.bra = this.cursor;
          if (!this.rR2()) {
            this.cursor = this.limit - v9;
            break lab1n13;
          }
          this.sliceDel();
        }
      }
    }
    this.cursor = this.limit - v6;
    v10 = this.limit - this.cursor;
    lab0n14: {
      this.ket = this.cursor;
      if (this.findAmongB(A_7) === 0) {
        break lab0n14;
      }
      this.bra = this.cursor;
      if (this.cursor <= this.limitBackward) {
        break lab0n14;
      }
      this.cursor -= 1;
      if (this.cursor <= this.limitBackward) {
        break lab0n14;
      }
      this.sliceDel();
    }
    this.cursor = this.limit - v10;
    return true;
  }

  protected override stem(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    v1 = this.cursor;
    this.rPrelude();
    this.cursor = v1;
    v2 = this.cursor;
    this.rMarkRegions();
    this.cursor = v2;
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    this.rStandardSuffix();
    this.cursor = this.limitBackward;
    v3 = this.cursor;
    this.rPostlude();
    this.cursor = v3;
    return true;
  }
}
