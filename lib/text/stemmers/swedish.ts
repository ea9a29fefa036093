// Generated from swedish.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const V = new Set('aeiouyäåö');

const S_ENDING = new Set('bcdfghjklmnoprtvy');

const OST_ENDING = new Set('iklnprtuv');

const A_0: readonly Among[] = [
  ['fab', -1, -1],
  ['h', -1, -1],
  ['pak', -1, -1],
  ['rak', -1, -1],
  ['stak', -1, -1],
  ['kom', -1, -1],
  ['iet', -1, -1],
  ['cit', -1, -1],
  ['dit', -1, -1],
  ['alit', -1, -1],
  ['ilit', -1, -1],
  ['mit', -1, -1],
  ['nit', -1, -1],
  ['pit', -1, -1],
  ['rit', -1, -1],
  ['sit', -1, -1],
  ['tit', -1, -1],
  ['uit', -1, -1],
  ['ivit', -1, -1],
  ['kvit', -1, -1],
  ['xit', -1, -1],
];

const A_1: readonly Among[] = [
  ['a', -1, 1],
  ['arna', 0, 1],
  ['erna', 0, 1],
  ['heterna', 2, 1],
  ['orna', 0, 1],
  ['ad', -1, 1],
  ['e', -1, 1],
  ['ade', 6, 1],
  ['ande', 6, 1],
  ['arne', 6, 1],
  ['are', 6, 1],
  ['aste', 6, 1],
  ['en', -1, 1],
  ['anden', 12, 1],
  ['aren', 12, 1],
  ['heten', 12, 1],
  ['ern', -1, 1],
  ['ar', -1, 1],
  ['er', -1, 1],
  ['heter', 18, 1],
  ['or', -1, 1],
  ['s', -1, 2],
  ['as', 21, 1],
  ['arnas', 22, 1],
  ['ernas', 22, 1],
  ['ornas', 22, 1],
  ['es', 21, 1],
  ['ades', 26, 1],
  ['andes', 26, 1],
  ['ens', 21, 1],
  ['arens', 29, 1],
  ['hetens', 29, 1],
  ['erns', 21, 1],
  ['at', -1, 1],
  ['et', -1, 3],
  ['andet', 34, 1],
  ['het', 34, 1],
  ['ast', -1, 1],
];

const A_2: readonly Among[] = [
  ['dd', -1, -1],
  ['gd', -1, -1],
  ['nn', -1, -1],
  ['dt', -1, -1],
  ['gt', -1, -1],
  ['kt', -1, -1],
  ['tt', -1, -1],
];

const A_3: readonly Among[] = [
  ['ig', -1, 1],
  ['lig', 0, 1],
  ['els', -1, 1],
  ['fullt', -1, 3],
  ['öst', -1, 2],
];

export class SwedishStemmer extends BaseStemmer {
  private IP1 = 0;

  private rMarkRegions(): boolean {
    let IX: number;
    let v1: number;
    this.IP1 = this.limit;
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
    return true;
  }

  private rEtCondition(): boolean {
    let v1: number;
    let v2: number;
    v1 = this.limit - this.cursor;
    if (!this.outGroupingB(V)) {
      return false;
    }
    if (!this.inGroupingB(V)) {
      return false;
    }
    if (this.cursor <= this.limitBackward) {
      return false;
    }
    this.cursor = this.limit - v1;
    v2 = this.limit - this.cursor;
    lab0n1: {
      if (this.findAmongB(A_0) === 0) {
        break lab0n1;
      }
      return false;
    }
    this.cursor = this.limit - v2;
    return true;
  }

  private rMainSuffix(): boolean {
    let amongVar: number;
    let v2: number;
    let v3: number;
    if (this.cursor < this.IP1) {
      return false;
    }
    v2 = this.limitBackward;
    this.limitBackward = this.IP1;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_1);
    if (amongVar === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    this.limitBackward = v2;
    if (amongVar === 1) {
      this.sliceDel();
    } else if (amongVar === 2) {
      loop1: {
        v3 = this.limit - this.cursor;
        lab0n2: {
          if (!this.eqSB('et')) {
            break lab0n2;
          }
          if (!this.rEtCondition()) {
            break lab0n2;
          }
          this.bra = this.cursor;
          break loop1;
        }
        this.cursor = this.limit - v3;
        if (!this.inGroupingB(S_ENDING)) {
          return false;
        }
        break loop1;
      }
      this.sliceDel();
    } else {
      if (!this.rEtCondition()) {
        return false;
      }
      this.sliceDel();
    }
    return true;
  }

  private rConsonantPair(): boolean {
    let v2: number;
    let v3: number;
    if (this.cursor < this.IP1) {
      return false;
    }
    v2 = this.limitBackward;
    this.limitBackward = this.IP1;
    v3 = this.limit - this.cursor;
    if (this.findAmongB(A_2) === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.cursor = this.limit - v3;
    this.ket = this.cursor;
    if (this.cursor <= this.limitBackward) {
      this.limitBackward = v2;
      return false;
    }
    this.cursor -= 1;
    this.bra = this.cursor;
    this.sliceDel();
    this.limitBackward = v2;
    return true;
  }

  private rOtherSuffix(): boolean {
    let amongVar: number;
    let v2: number;
    if (this.cursor < this.IP1) {
      return false;
    }
    v2 = this.limitBackward;
    this.limitBackward = this.IP1;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_3);
    if (amongVar === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    this.limitBackward = v2;
    if (amongVar === 1) {
      this.sliceDel();
    } else if (amongVar === 2) {
      if (!this.inGroupingB(OST_ENDING)) {
        return false;
      }
      this.sliceFrom('ös');
    } else {
      this.sliceFrom('full');
    }
    return true;
  }

  protected override stem(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    v1 = this.cursor;
    this.rMarkRegions();
    this.cursor = v1;
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v2 = this.limit - this.cursor;
    this.rMainSuffix();
    this.cursor = this.limit - v2;
    v3 = this.limit - this.cursor;
    this.rConsonantPair();
    this.cursor = this.limit - v3;
    v4 = this.limit - this.cursor;
    this.rOtherSuffix();
    this.cursor = this.limit - v4;
    this.cursor = this.limitBackward;
    return true;
  }
}
