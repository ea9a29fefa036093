// Generated from english.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const AEO = 'aeo';

const V = new Set('aeiouy');

const V_WXY = new Set('Yaeiouwxy');

const VALID_LI = new Set('cdeghkmnrt');

const A_0: readonly Among[] = [
  ['arsen', -1, -1],
  ['commun', -1, -1],
  ['emerg', -1, -1],
  ['gener', -1, -1],
  ['inter', -1, -1],
  ['later', -1, -1],
  ['organ', -1, -1],
  ['past', -1, -1],
  ['univers', -1, -1],
];

const A_1: readonly Among[] = [
  ["'", -1, 1],
  ["'s'", 0, 1],
  ["'s", -1, 1],
];

const A_2: readonly Among[] = [
  ['ied', -1, 2],
  ['s', -1, 3],
  ['ies', 1, 2],
  ['sses', 1, 1],
  ['ss', 1, -1],
  ['us', 1, -1],
];

const A_3: readonly Among[] = [
  ['succ', -1, 1],
  ['proc', -1, 1],
  ['exc', -1, 1],
];

const A_4: readonly Among[] = [
  ['even', -1, 2],
  ['cann', -1, 2],
  ['inn', -1, 2],
  ['earr', -1, 2],
  ['herr', -1, 2],
  ['out', -1, 2],
  ['y', -1, 1],
];

const A_5: readonly Among[] = [
  ['', -1, -1],
  ['ed', 0, 2],
  ['eed', 1, 1],
  ['ing', 0, 3],
  ['edly', 0, 2],
  ['eedly', 4, 1],
  ['ingly', 0, 2],
];

const A_6: readonly Among[] = [
  ['', -1, 3],
  ['bb', 0, 2],
  ['dd', 0, 2],
  ['ff', 0, 2],
  ['gg', 0, 2],
  ['bl', 0, 1],
  ['mm', 0, 2],
  ['nn', 0, 2],
  ['pp', 0, 2],
  ['rr', 0, 2],
  ['at', 0, 1],
  ['tt', 0, 2],
  ['iz', 0, 1],
];

const A_7: readonly Among[] = [
  ['anci', -1, 3],
  ['enci', -1, 2],
  ['ogi', -1, 14],
  ['li', -1, 16],
  ['bli', 3, 12],
  ['abli', 4, 4],
  ['alli', 3, 8],
  ['fulli', 3, 9],
  ['lessli', 3, 15],
  ['ousli', 3, 10],
  ['entli', 3, 5],
  ['aliti', -1, 8],
  ['biliti', -1, 12],
  ['iviti', -1, 11],
  ['tional', -1, 1],
  ['ational', 14, 7],
  ['alism', -1, 8],
  ['ation', -1, 7],
  ['ization', 17, 6],
  ['izer', -1, 6],
  ['ator', -1, 7],
  ['iveness', -1, 11],
  ['fulness', -1, 9],
  ['ousness', -1, 10],
  ['ogist', -1, 13],
];

const A_8: readonly Among[] = [
  ['icate', -1, 4],
  ['ative', -1, 6],
  ['alize', -1, 3],
  ['iciti', -1, 4],
  ['ical', -1, 4],
  ['tional', -1, 1],
  ['ational', 5, 2],
  ['ful', -1, 5],
  ['ness', -1, 5],
];

const A_9: readonly Among[] = [
  ['ic', -1, 1],
  ['ance', -1, 1],
  ['ence', -1, 1],
  ['able', -1, 1],
  ['ible', -1, 1],
  ['ate', -1, 1],
  ['ive', -1, 1],
  ['ize', -1, 1],
  ['iti', -1, 1],
  ['al', -1, 1],
  ['ism', -1, 1],
  ['ion', -1, 2],
  ['er', -1, 1],
  ['ous', -1, 1],
  ['ant', -1, 1],
  ['ent', -1, 1],
  ['ment', 15, 1],
  ['ement', 16, 1],
];

const A_10: readonly Among[] = [
  ['e', -1, 1],
  ['l', -1, 2],
];

const A_11: readonly Among[] = [
  ['andes', -1, -1],
  ['atlas', -1, -1],
  ['bias', -1, -1],
  ['cosmos', -1, -1],
  ['early', -1, 6],
  ['gently', -1, 4],
  ['howe', -1, -1],
  ['idly', -1, 3],
  ['news', -1, -1],
  ['only', -1, 7],
  ['singly', -1, 8],
  ['skies', -1, 2],
  ['skis', -1, 1],
  ['sky', -1, -1],
  ['ugly', -1, 5],
];

const AS_11 = ['ski', 'sky', 'idl', 'gentl', 'ugli', 'earli', 'onli', 'singl'];

export class EnglishStemmer extends BaseStemmer {
  private BYFound = false;
  private IP2 = 0;
  private IP1 = 0;

  private rPrelude(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    this.BYFound = false;
    v1 = this.cursor;
    lab0n1: {
      this.bra = this.cursor;
      if (this.cursor === this.limit || this.current[this.cursor] !== "'") {
        break lab0n1;
      }
      this.cursor += 1;
      this.ket = this.cursor;
      this.sliceDel();
    }
    this.cursor = v1;
    v2 = this.cursor;
    lab0n2: {
      this.bra = this.cursor;
      if (this.cursor === this.limit || this.current[this.cursor] !== 'y') {
        break lab0n2;
      }
      this.cursor += 1;
      this.ket = this.cursor;
      this.sliceFrom('Y');
      this.BYFound = true;
    }
    this.cursor = v2;
    v3 = this.cursor;
    lab0n3: {
      loop4: while (true) {
        v4 = this.cursor;
        lab1n5: {
          loop6: while (true) {
            v5 = this.cursor;
            lab2n7: {
              if (!this.inGrouping(V)) {
                break lab2n7;
              }
              this.bra = this.cursor;
              if (this.cursor === this.limit || this.current[this.cursor] !== 'y') {
                break lab2n7;
              }
              this.cursor += 1;
              this.ket = this.cursor;
              this.cursor = v5;
              break loop6;
            }
            this.cursor = v5;
            if (this.cursor >= this.limit) {
              break lab1n5;
            }
            this.cursor += 1;
          }
          this.sliceFrom('Y');
          this.BYFound = true;
          continue loop4;
        }
        this.cursor = v4;
        break loop4;
      }
    }
    this.cursor = v3;
    return true;
  }

  private rMarkRegions(): boolean {
    let v1: number;
    let v2: number;
    this.IP1 = this.limit;
    this.IP2 = this.limit;
    v1 = this.cursor;
    lab0n1: {
      loop2: {
        v2 = this.cursor;
        lab1n3: {
          if (this.findAmong(A_0) === 0) {
            break lab1n3;
          }
          break loop2;
        }
        this.cursor = v2;
        if (!this.goOutGrouping(V)) {
          break lab0n1;
        }
        this.cursor += 1;
        if (!this.goInGrouping(V)) {
          break lab0n1;
        }
        this.cursor += 1;
        break loop2;
      }
      this.IP1 = this.cursor;
      if (!this.goOutGrouping(V)) {
        break lab0n1;
      }
      this.cursor += 1;
      if (!this.goInGrouping(V)) {
        break lab0n1;
      }
      this.cursor += 1;
      this.IP2 = this.cursor;
    }
    this.cursor = v1;
    return true;
  }

  private rShortv(): boolean {
    let v1: number;
    loop1: {
      v1 = this.limit - this.cursor;
      lab0n2: {
        if (!this.outGroupingB(V_WXY)) {
          break lab0n2;
        }
        if (!this.inGroupingB(V)) {
          break lab0n2;
        }
        if (!this.outGroupingB(V)) {
          break lab0n2;
        }
        break loop1;
      }
      this.cursor = this.limit - v1;
      lab0n3: {
        if (!this.outGroupingB(V)) {
          break lab0n3;
        }
        if (!this.inGroupingB(V)) {
          break lab0n3;
        }
        if (this.cursor > this.limitBackward) {
          break lab0n3;
        }
        break loop1;
      }
      this.cursor = this.limit - v1;
      if (!this.eqSB('past')) {
        return false;
      }
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

  private rStep1a(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    v1 = this.limit - this.cursor;
    lab0n1: {
      this.ket = this.cursor;
      if (this.findAmongB(A_1) === 0) {
        this.cursor = this.limit - v1;
        break lab0n1;
      }
      this.bra = this.cursor;
      this.sliceDel();
    }
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_2);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      this.sliceFrom('ss');
    } else if (amongVar === 2) {
      loop2: {
        v2 = this.limit - this.cursor;
        lab0n3: {
          if (this.cursor - 2 < this.limitBackward) {
            break lab0n3;
          }
          this.cursor -= 2;
          this.sliceFrom('i');
          break loop2;
        }
        this.cursor = this.limit - v2;
        this.sliceFrom('ie');
        break loop2;
      }
    } else if (amongVar === 3) {
      if (this.cursor <= this.limitBackward) {
        return false;
      }
      this.cursor -= 1;
      if (!this.goOutGroupingB(V)) {
        return false;
      }
      this.cursor -= 1;
      this.sliceDel();
    }
    return true;
  }

  private rStep1b(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    let v6: number;
    let v7: number;
    let v8: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_5);
    this.bra = this.cursor;
    loop1: {
      v1 = this.limit - this.cursor;
      lab0n2: {
        if (amongVar === 1) {
          v2 = this.limit - this.cursor;
          lab1n3: {
            if (!this.rR1()) {
              break lab1n3;
            }
            loop4: {
              v3 = this.limit - this.cursor;
              lab2n5: {
                if (this.findAmongB(A_3) === 0) {
                  break lab2n5;
                }
                if (this.cursor > this.limitBackward) {
                  break lab2n5;
                }
                break loop4;
              }
              this.cursor = this.limit - v3;
              this.sliceFrom('ee');
              break loop4;
            }
          }
          this.cursor = this.limit - v2;
        } else if (amongVar === 2) {
          break lab0n2;
        } else if (amongVar === 3) {
          amongVar = this.findAmongB(A_4);
          if (amongVar === 0) {
            break lab0n2;
          }
          if (amongVar === 1) {
            v4 = this.limit - this.cursor;
            if (!this.outGroupingB(V)) {
              break lab0n2;
            }
            if (this.cursor > this.limitBackward) {
              break lab0n2;
            }
            this.cursor = this.limit - v4;
            this.bra = this.cursor;
            this.sliceFrom('ie');
          } else if (this.cursor > this.limitBackward) {
            break lab0n2;
          }
        }
        break loop1;
      }
      this.cursor = this.limit - v1;
      v5 = this.limit - this.cursor;
      if (!this.goOutGroupingB(V)) {
        return false;
      }
      this.cursor -= 1;
      this.cursor = this.limit - v5;
      this.sliceDel();
      this.ket = this.cursor;
      this.bra = this.cursor;
      v6 = this.limit - this.cursor;
      amongVar = this.findAmongB(A_6);
      if (amongVar === 1) {
        this.sliceFrom('e');
        return false;
      } else if (amongVar === 2) {
        v7 = this.limit - this.cursor;
        lab0n6: {
          if (!this.inGroupingB(AEO)) {
            break lab0n6;
          }
          if (this.cursor > this.limitBackward) {
            break lab0n6;
          }
          return false;
        }
        this.cursor = this.limit - v7;
      } else {
        if (this.cursor !== this.IP1) {
          return false;
        }
        v8 = this.limit - this.cursor;
        if (!this.rShortv()) {
          return false;
        }
        this.cursor = this.limit - v8;
        this.sliceFrom('e');
        return false;
      }
      this.cursor = this.limit - v6;
      this.ket = this.cursor;
      if (this.cursor <= this.limitBackward) {
        return false;
      }
      this.cursor -= 1;
      this.bra = this.cursor;
      this.sliceDel();
      break loop1;
    }
    return true;
  }

  private rStep1c(): boolean {
    this.ket = this.cursor;
    loop1: {
      lab0n2: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'y') {
          break lab0n2;
        }
        this.cursor -= 1;
        break loop1;
      }
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'Y') {
        return false;
      }
      this.cursor -= 1;
      break loop1;
    }
    this.bra = this.cursor;
    if (!this.outGroupingB(V)) {
      return false;
    }
    if (this.cursor <= this.limitBackward) {
      return false;
    }
    this.sliceFrom('i');
    return true;
  }

  private rStep2(): boolean {
    let amongVar: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_7);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (!this.rR1()) {
      return false;
    }
    if (amongVar === 1) {
      this.sliceFrom('tion');
    } else if (amongVar === 2) {
      this.sliceFrom('ence');
    } else if (amongVar === 3) {
      this.sliceFrom('ance');
    } else if (amongVar === 4) {
      this.sliceFrom('able');
    } else if (amongVar === 5) {
      this.sliceFrom('ent');
    } else if (amongVar === 6) {
      this.sliceFrom('ize');
    } else if (amongVar === 7) {
      this.sliceFrom('ate');
    } else if (amongVar === 8) {
      this.sliceFrom('al');
    } else if (amongVar === 9) {
      this.sliceFrom('ful');
    } else if (amongVar === 10) {
      this.sliceFrom('ous');
    } else if (amongVar === 11) {
      this.sliceFrom('ive');
    } else if (amongVar === 12) {
      this.sliceFrom('ble');
    } else if (amongVar === 13) {
      this.sliceFrom('og');
    } else if (amongVar === 14) {
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'l') {
        return false;
      }
      this.cursor -= 1;
      this.sliceFrom('og');
    } else if (amongVar === 15) {
      this.sliceFrom('less');
    } else {
      if (!this.inGroupingB(VALID_LI)) {
        return false;
      }
      this.sliceDel();
    }
    return true;
  }

  private rStep3(): boolean {
    let amongVar: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_8);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (!this.rR1()) {
      return false;
    }
    if (amongVar === 1) {
      this.sliceFrom('tion');
    } else if (amongVar === 2) {
      this.sliceFrom('ate');
    } else if (amongVar === 3) {
      this.sliceFrom('al');
    } else if (amongVar === 4) {
      this.sliceFrom('ic');
    } else if (amongVar === 5) {
      this.sliceDel();
    } else {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
    }
    return true;
  }

  private rStep4(): boolean {
    let amongVar: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_9);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (!this.rR2()) {
      return false;
    }
    if (amongVar === 1) {
      this.sliceDel();
    } else {
      loop1: {
        lab0n2: {
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 's') {
            break lab0n2;
          }
          this.cursor -= 1;
          break loop1;
        }
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 't') {
          return false;
        }
        this.cursor -= 1;
        break loop1;
      }
      this.sliceDel();
    }
    return true;
  }

  private rStep5(): boolean {
    let amongVar: number;
    let v1: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_10);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      loop1: {
        lab0n2: {
          if (!this.rR2()) {
            break lab0n2;
          }
          break loop1;
        }
        if (!this.rR1()) {
          return false;
        }
        v1 = this.limit - this.cursor;
        lab0n3: {
          if (!this.rShortv()) {
            break lab0n3;
          }
          return false;
        }
        this.cursor = this.limit - v1;
        break loop1;
      }
      this.sliceDel();
    } else {
      if (!this.rR2()) {
        return false;
      }
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'l') {
        return false;
      }
      this.cursor -= 1;
      this.sliceDel();
    }
    return true;
  }

  private rException1(): boolean {
    let amongVar: number;
    this.bra = this.cursor;
    amongVar = this.findAmong(A_11);
    if (amongVar === 0) {
      return false;
    }
    this.ket = this.cursor;
    if (this.cursor < this.limit) {
      return false;
    }
    if (amongVar > 0) {
      this.sliceFrom(AS_11[amongVar - 1]!);
    }
    return true;
  }

  private rPostlude(): boolean {
    let v1: number;
    let v2: number;
    if (!this.BYFound) {
      return false;
    }
    loop1: while (true) {
      v1 = this.cursor;
      lab0n2: {
        loop3: while (true) {
          v2 = this.cursor;
          lab1n4: {
            this.bra = this.cursor;
            if (this.cursor === this.limit || this.current[this.cursor] !== 'Y') {
              break lab1n4;
            }
            this.cursor += 1;
            this.ket = this.cursor;
            this.cursor = v2;
            break loop3;
          }
          this.cursor = v2;
          if (this.cursor >= this.limit) {
            break lab0n2;
          }
          this.cursor += 1;
        }
        this.sliceFrom('y');
        continue loop1;
      }
      this.cursor = v1;
      break loop1;
    }
    return true;
  }

  protected override stem(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    let v6: number;
    let v7: number;
    let v8: number;
    let v9: number;
    loop1: {
      v1 = this.cursor;
      lab0n2: {
        if (!this.rException1()) {
          break lab0n2;
        }
        break loop1;
      }
      this.cursor = v1;
      lab0n3: {
        lab1n4: {
          if (this.cursor + 3 > this.limit) {
            break lab1n4;
          }
          this.cursor += 3;
          break lab0n3;
        }
        break loop1;
      }
      this.cursor = v1;
      this.rPrelude();
      this.rMarkRegions();
      this.limitBackward = this.cursor;
      this.cursor = this.limit;
      v2 = this.limit - this.cursor;
      this.rStep1a();
      this.cursor = this.limit - v2;
      v3 = this.limit - this.cursor;
      this.rStep1b();
      this.cursor = this.limit - v3;
      v4 = this.limit - this.cursor;
      this.rStep1c();
      this.cursor = this.limit - v4;
      v5 = this.limit - this.cursor;
      this.rStep2();
      this.cursor = this.limit - v5;
      v6 = this.limit - this.cursor;
      this.rStep3();
      this.cursor = this.limit - v6;
      v7 = this.limit - this.cursor;
      this.rStep4();
      this.cursor = this.limit - v7;
      v8 = this.limit - this.cursor;
      this.rStep5();
      this.cursor = this.limit - v8;
      this.cursor = this.limitBackward;
      v9 = this.cursor;
      this.rPostlude();
      this.cursor = v9;
      break loop1;
    }
    return true;
  }
}
