// Generated from dutch.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const E = new Set('eèéêë');

const AIOU = new Set('aiouàáâäìíîïòóôöùúûü');

const AEIOU = new Set('aeiouàáâäèéêëìíîïòóôöùúûü');

const V = new Set('aeiouyàáâäèéêëìíîïòóôöùúûü');

const V_WX = new Set('aeiouwxyàáâäèéêëìíîïòóôöùúûü');

const A_0: readonly Among[] = [
  ['a', -1, 1],
  ['e', -1, 2],
  ['o', -1, 1],
  ['u', -1, 1],
  ['à', -1, 1],
  ['á', -1, 1],
  ['â', -1, 1],
  ['ä', -1, 1],
  ['è', -1, 2],
  ['é', -1, 2],
  ['ê', -1, 2],
  ['eë', -1, 3],
  ['ië', -1, 4],
  ['ò', -1, 1],
  ['ó', -1, 1],
  ['ô', -1, 1],
  ['ö', -1, 1],
  ['ù', -1, 1],
  ['ú', -1, 1],
  ['û', -1, 1],
  ['ü', -1, 1],
];

const A_1: readonly Among[] = [
  ['nde', -1, 8],
  ['en', -1, 7],
  ['s', -1, 2],
  ["'s", 2, 1],
  ['es', 2, 4],
  ['ies', 4, 3],
  ['aus', 2, 6],
  ['és', 2, 5],
];

const A_2: readonly Among[] = [
  ['de', -1, 5],
  ['ge', -1, 2],
  ['ische', -1, 4],
  ['je', -1, 1],
  ['lijke', -1, 3],
  ['le', -1, 9],
  ['ene', -1, 10],
  ['re', -1, 8],
  ['se', -1, 7],
  ['te', -1, 6],
  ['ieve', -1, 11],
];

const A_3: readonly Among[] = [
  ['heid', -1, 3],
  ['fie', -1, 7],
  ['gie', -1, 8],
  ['atie', -1, 1],
  ['isme', -1, 5],
  ['ing', -1, 5],
  ['arij', -1, 6],
  ['erij', -1, 5],
  ['sel', -1, 3],
  ['rder', -1, 4],
  ['ster', -1, 3],
  ['iteit', -1, 2],
  ['dst', -1, 10],
  ['tst', -1, 9],
];

const A_4: readonly Among[] = [
  ['end', -1, 9],
  ['atief', -1, 2],
  ['erig', -1, 9],
  ['achtig', -1, 3],
  ['ioneel', -1, 1],
  ['baar', -1, 3],
  ['laar', -1, 5],
  ['naar', -1, 4],
  ['raar', -1, 6],
  ['eriger', -1, 9],
  ['achtiger', -1, 3],
  ['lijker', -1, 8],
  ['tant', -1, 7],
  ['erigst', -1, 9],
  ['achtigst', -1, 3],
  ['lijkst', -1, 8],
];

const A_5: readonly Among[] = [
  ['ig', -1, 1],
  ['iger', -1, 1],
  ['igst', -1, 1],
];

const A_6: readonly Among[] = [
  ['ft', -1, 2],
  ['kt', -1, 1],
  ['pt', -1, 3],
];

const AS_6 = ['k', 'f', 'p'];

const A_7: readonly Among[] = [
  ['bb', -1, 1],
  ['cc', -1, 2],
  ['dd', -1, 3],
  ['ff', -1, 4],
  ['gg', -1, 5],
  ['hh', -1, 6],
  ['jj', -1, 7],
  ['kk', -1, 8],
  ['ll', -1, 9],
  ['mm', -1, 10],
  ['nn', -1, 11],
  ['pp', -1, 12],
  ['qq', -1, 13],
  ['rr', -1, 14],
  ['ss', -1, 15],
  ['tt', -1, 16],
  ['v', -1, 4],
  ['vv', 16, 17],
  ['ww', -1, 18],
  ['xx', -1, 19],
  ['z', -1, 15],
  ['zz', 20, 20],
];

const A_8: readonly Among[] = [
  ['d', -1, 1],
  ['t', -1, 2],
];

const A_9: readonly Among[] = [
  ['', -1, -1],
  ['eft', 0, 1],
  ['vaa', 0, 1],
  ['val', 0, 1],
  ['vali', 3, -1],
  ['vare', 0, 1],
];

const A_10: readonly Among[] = [
  ['ë', -1, 1],
  ['ï', -1, 2],
];

const AS_10 = ['e', 'i'];

const A_11: readonly Among[] = [
  ['ë', -1, 1],
  ['ï', -1, 2],
];

const AS_11 = ['e', 'i'];

export class DutchStemmer extends BaseStemmer {
  private BGERemoved = false;
  private IP2 = 0;
  private IP1 = 0;

  private rR1(): boolean {
    return this.IP1 <= this.cursor;
  }

  private rR2(): boolean {
    return this.IP2 <= this.cursor;
  }

  private rV(): boolean {
    let v1: number;
    v1 = this.limit - this.cursor;
    loop1: {
      lab0n2: {
        if (!this.inGroupingB(V)) {
          break lab0n2;
        }
        break loop1;
      }
      if (!this.eqSB('ij')) {
        return false;
      }
      break loop1;
    }
    this.cursor = this.limit - v1;
    return true;
  }

  private rVX(): boolean {
    let v1: number;
    v1 = this.limit - this.cursor;
    if (this.cursor <= this.limitBackward) {
      return false;
    }
    this.cursor -= 1;
    loop1: {
      lab0n2: {
        if (!this.inGroupingB(V)) {
          break lab0n2;
        }
        break loop1;
      }
      if (!this.eqSB('ij')) {
        return false;
      }
      break loop1;
    }
    this.cursor = this.limit - v1;
    return true;
  }

  private rC(): boolean {
    let v1: number;
    v1 = this.limit - this.cursor;
    lab0n1: {
      if (!this.eqSB('ij')) {
        break lab0n1;
      }
      return false;
    }
    if (!this.outGroupingB(V)) {
      return false;
    }
    this.cursor = this.limit - v1;
    return true;
  }

  private rLengthenV(): boolean {
    let SCh: string;
    let amongVar: number;
    let c: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    v1 = this.limit - this.cursor;
    lab0n1: {
      if (!this.outGroupingB(V_WX)) {
        break lab0n1;
      }
      this.ket = this.cursor;
      amongVar = this.findAmongB(A_0);
      if (amongVar === 0) {
        break lab0n1;
      }
      this.bra = this.cursor;
      if (amongVar === 1) {
        v2 = this.limit - this.cursor;
        loop2: {
          lab1n3: {
            if (!this.outGroupingB(AEIOU)) {
              break lab1n3;
            }
            break loop2;
          }
          if (this.cursor > this.limitBackward) {
            break lab0n1;
          }
          break loop2;
        }
        this.cursor = this.limit - v2;
        SCh = this.sliceTo();
        c = this.cursor;
        this.insert(this.cursor, this.cursor, SCh);
        this.cursor = c;
      } else if (amongVar === 2) {
        v3 = this.limit - this.cursor;
        loop4: {
          lab1n5: {
            if (!this.outGroupingB(AEIOU)) {
              break lab1n5;
            }
            break loop4;
          }
          if (this.cursor > this.limitBackward) {
            break lab0n1;
          }
          break loop4;
        }
        v4 = this.limit - this.cursor;
        lab1n6: {
          loop7: {
            lab2n8: {
              if (!this.inGroupingB(AIOU)) {
                break lab2n8;
              }
              break loop7;
            }
            if (!this.inGroupingB(E)) {
              break lab1n6;
            }
            if (this.cursor > this.limitBackward) {
              break lab1n6;
            }
            break loop7;
          }
          break lab0n1;
        }
        this.cursor = this.limit - v4;
        v5 = this.limit - this.cursor;
        lab1n9: {
          if (this.cursor <= this.limitBackward) {
            break lab1n9;
          }
          this.cursor -= 1;
          if (!this.inGroupingB(AIOU)) {
            break lab1n9;
          }
          if (!this.outGroupingB(AEIOU)) {
            break lab1n9;
          }
          break lab0n1;
        }
        this.cursor = this.limit - v5;
        this.cursor = this.limit - v3;
        SCh = this.sliceTo();
        c = this.cursor;
        this.insert(this.cursor, this.cursor, SCh);
        this.cursor = c;
      } else if (amongVar === 3) {
        this.sliceFrom('eëe');
      } else {
        this.sliceFrom('iee');
      }
    }
    this.cursor = this.limit - v1;
    return true;
  }

  private rStep1(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_1);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      this.sliceDel();
    } else if (amongVar === 2) {
      if (!this.rR1()) {
        return false;
      }
      v1 = this.limit - this.cursor;
      lab0n1: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 't') {
          break lab0n1;
        }
        this.cursor -= 1;
        if (!this.rR1()) {
          break lab0n1;
        }
        return false;
      }
      this.cursor = this.limit - v1;
      if (!this.rC()) {
        return false;
      }
      this.sliceDel();
    } else if (amongVar === 3) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('ie');
    } else if (amongVar === 4) {
      loop2: {
        v2 = this.limit - this.cursor;
        lab0n3: {
          v3 = this.limit - this.cursor;
          if (!this.eqSB('ar')) {
            break lab0n3;
          }
          if (!this.rR1()) {
            break lab0n3;
          }
          if (!this.rC()) {
            break lab0n3;
          }
          this.cursor = this.limit - v3;
          this.sliceDel();
          this.rLengthenV();
          break loop2;
        }
        this.cursor = this.limit - v2;
        lab0n4: {
          v4 = this.limit - this.cursor;
          if (!this.eqSB('er')) {
            break lab0n4;
          }
          if (!this.rR1()) {
            break lab0n4;
          }
          if (!this.rC()) {
            break lab0n4;
          }
          this.cursor = this.limit - v4;
          this.sliceDel();
          break loop2;
        }
        this.cursor = this.limit - v2;
        if (!this.rR1()) {
          return false;
        }
        if (!this.rC()) {
          return false;
        }
        this.sliceFrom('e');
        break loop2;
      }
    } else if (amongVar === 5) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('é');
    } else if (amongVar === 6) {
      if (!this.rR1()) {
        return false;
      }
      if (!this.rV()) {
        return false;
      }
      this.sliceFrom('au');
    } else if (amongVar === 7) {
      loop5: {
        v5 = this.limit - this.cursor;
        lab0n6: {
          if (!this.eqSB('hed')) {
            break lab0n6;
          }
          if (!this.rR1()) {
            break lab0n6;
          }
          this.bra = this.cursor;
          this.sliceFrom('heid');
          break loop5;
        }
        this.cursor = this.limit - v5;
        lab0n7: {
          if (!this.eqSB('nd')) {
            break lab0n7;
          }
          this.sliceDel();
          break loop5;
        }
        this.cursor = this.limit - v5;
        lab0n8: {
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'd') {
            break lab0n8;
          }
          this.cursor -= 1;
          if (!this.rR1()) {
            break lab0n8;
          }
          if (!this.rC()) {
            break lab0n8;
          }
          this.bra = this.cursor;
          this.sliceDel();
          break loop5;
        }
        this.cursor = this.limit - v5;
        lab0n9: {
          loop10: {
            lab1n11: {
              if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'i') {
                break lab1n11;
              }
              this.cursor -= 1;
              break loop10;
            }
            if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'j') {
              break lab0n9;
            }
            this.cursor -= 1;
            break loop10;
          }
          if (!this.rV()) {
            break lab0n9;
          }
          this.sliceDel();
          break loop5;
        }
        this.cursor = this.limit - v5;
        if (!this.rR1()) {
          return false;
        }
        if (!this.rC()) {
          return false;
        }
        this.sliceDel();
        this.rLengthenV();
        break loop5;
      }
    } else {
      this.sliceFrom('nd');
    }
    return true;
  }

  private rStep2(): boolean {
    let amongVar: number;
    let v1: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_2);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      loop1: {
        v1 = this.limit - this.cursor;
        lab0n2: {
          if (!this.eqSB("'t")) {
            break lab0n2;
          }
          this.bra = this.cursor;
          this.sliceDel();
          break loop1;
        }
        this.cursor = this.limit - v1;
        lab0n3: {
          if (!this.eqSB('et')) {
            break lab0n3;
          }
          this.bra = this.cursor;
          if (!this.rR1()) {
            break lab0n3;
          }
          if (!this.rC()) {
            break lab0n3;
          }
          this.sliceDel();
          break loop1;
        }
        this.cursor = this.limit - v1;
        lab0n4: {
          if (!this.eqSB('rnt')) {
            break lab0n4;
          }
          this.bra = this.cursor;
          this.sliceFrom('rn');
          break loop1;
        }
        this.cursor = this.limit - v1;
        lab0n5: {
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 't') {
            break lab0n5;
          }
          this.cursor -= 1;
          this.bra = this.cursor;
          if (!this.rR1()) {
            break lab0n5;
          }
          if (!this.rVX()) {
            break lab0n5;
          }
          this.sliceDel();
          break loop1;
        }
        this.cursor = this.limit - v1;
        lab0n6: {
          if (!this.eqSB('ink')) {
            break lab0n6;
          }
          this.bra = this.cursor;
          this.sliceFrom('ing');
          break loop1;
        }
        this.cursor = this.limit - v1;
        lab0n7: {
          if (!this.eqSB('mp')) {
            break lab0n7;
          }
          this.bra = this.cursor;
          this.sliceFrom('m');
          break loop1;
        }
        this.cursor = this.limit - v1;
        lab0n8: {
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== "'") {
            break lab0n8;
          }
          this.cursor -= 1;
          this.bra = this.cursor;
          if (!this.rR1()) {
            break lab0n8;
          }
          this.sliceDel();
          break loop1;
        }
        this.cursor = this.limit - v1;
        this.bra = this.cursor;
        if (!this.rR1()) {
          return false;
        }
        if (!this.rC()) {
          return false;
        }
        this.sliceDel();
        break loop1;
      }
    } else if (amongVar === 2) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('g');
    } else if (amongVar === 3) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('lijk');
    } else if (amongVar === 4) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('isch');
    } else if (amongVar === 5) {
      if (!this.rR1()) {
        return false;
      }
      if (!this.rC()) {
        return false;
      }
      this.sliceDel();
    } else if (amongVar === 6) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('t');
    } else if (amongVar === 7) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('s');
    } else if (amongVar === 8) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('r');
    } else if (amongVar === 9) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceDel();
      this.insert(this.cursor, this.cursor, 'l');
      this.rLengthenV();
    } else if (amongVar === 10) {
      if (!this.rR1()) {
        return false;
      }
      if (!this.rC()) {
        return false;
      }
      this.sliceDel();
      this.insert(this.cursor, this.cursor, 'en');
      this.rLengthenV();
    } else {
      if (!this.rR1()) {
        return false;
      }
      if (!this.rC()) {
        return false;
      }
      this.sliceFrom('ief');
    }
    return true;
  }

  private rStep3(): boolean {
    let amongVar: number;
    let v1: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_3);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('eer');
    } else if (amongVar === 2) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceDel();
      this.rLengthenV();
    } else if (amongVar === 3) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceDel();
    } else if (amongVar === 4) {
      this.sliceFrom('r');
    } else if (amongVar === 5) {
      loop1: {
        v1 = this.limit - this.cursor;
        lab0n2: {
          if (!this.eqSB('ild')) {
            break lab0n2;
          }
          this.sliceFrom('er');
          break loop1;
        }
        this.cursor = this.limit - v1;
        if (!this.rR1()) {
          return false;
        }
        this.sliceDel();
        this.rLengthenV();
        break loop1;
      }
    } else if (amongVar === 6) {
      if (!this.rR1()) {
        return false;
      }
      if (!this.rC()) {
        return false;
      }
      this.sliceFrom('aar');
    } else if (amongVar === 7) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      this.insert(this.cursor, this.cursor, 'f');
      this.rLengthenV();
    } else if (amongVar === 8) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      this.insert(this.cursor, this.cursor, 'g');
      this.rLengthenV();
    } else if (amongVar === 9) {
      if (!this.rR1()) {
        return false;
      }
      if (!this.rC()) {
        return false;
      }
      this.sliceFrom('t');
    } else {
      if (!this.rR1()) {
        return false;
      }
      if (!this.rC()) {
        return false;
      }
      this.sliceFrom('d');
    }
    return true;
  }

  private rStep4(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    loop1: {
      v1 = this.limit - this.cursor;
      lab0n2: {
        this.ket = this.cursor;
        amongVar = this.findAmongB(A_4);
        if (amongVar === 0) {
          break lab0n2;
        }
        this.bra = this.cursor;
        if (amongVar === 1) {
          if (!this.rR1()) {
            break lab0n2;
          }
          this.sliceFrom('ie');
        } else if (amongVar === 2) {
          if (!this.rR1()) {
            break lab0n2;
          }
          this.sliceFrom('eer');
        } else if (amongVar === 3) {
          if (!this.rR1()) {
            break lab0n2;
          }
          this.sliceDel();
        } else if (amongVar === 4) {
          if (!this.rR1()) {
            break lab0n2;
          }
          if (!this.rV()) {
            break lab0n2;
          }
          this.sliceFrom('n');
        } else if (amongVar === 5) {
          if (!this.rR1()) {
            break lab0n2;
          }
          if (!this.rV()) {
            break lab0n2;
          }
          this.sliceFrom('l');
        } else if (amongVar === 6) {
          if (!this.rR1()) {
            break lab0n2;
          }
          if (!this.rV()) {
            break lab0n2;
          }
          this.sliceFrom('r');
        } else if (amongVar === 7) {
          if (!this.rR1()) {
            break lab0n2;
          }
          this.sliceFrom('teer');
        } else if (amongVar === 8) {
          if (!this.rR1()) {
            break lab0n2;
          }
          this.sliceFrom('lijk');
        } else {
          if (!this.rR1()) {
            break lab0n2;
          }
          if (!this.rC()) {
            break lab0n2;
          }
          this.sliceDel();
          this.rLengthenV();
        }
        break loop1;
      }
      this.cursor = this.limit - v1;
      this.ket = this.cursor;
      if (this.findAmongB(A_5) === 0) {
        return false;
      }
      this.bra = this.cursor;
      if (!this.rR1()) {
        return false;
      }
      v2 = this.limit - this.cursor;
      lab0n3: {
        if (!this.eqSB('inn')) {
          break lab0n3;
        }
        if (this.cursor > this.limitBackward) {
          break lab0n3;
        }
        return false;
      }
      this.cursor = this.limit - v2;
      if (!this.rC()) {
        return false;
      }
      this.sliceDel();
      this.rLengthenV();
      break loop1;
    }
    return true;
  }

  private rStep7(): boolean {
    let amongVar: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_6);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    this.sliceFrom(AS_6[amongVar - 1]!);
    return true;
  }

  private rStep6(): boolean {
    let amongVar: number;
    let v1: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_7);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      this.sliceFrom('b');
    } else if (amongVar === 2) {
      this.sliceFrom('c');
    } else if (amongVar === 3) {
      this.sliceFrom('d');
    } else if (amongVar === 4) {
      this.sliceFrom('f');
    } else if (amongVar === 5) {
      this.sliceFrom('g');
    } else if (amongVar === 6) {
      this.sliceFrom('h');
    } else if (amongVar === 7) {
      this.sliceFrom('j');
    } else if (amongVar === 8) {
      this.sliceFrom('k');
    } else if (amongVar === 9) {
      this.sliceFrom('l');
    } else if (amongVar === 10) {
      this.sliceFrom('m');
    } else if (amongVar === 11) {
      v1 = this.limit - this.cursor;
      lab0n1: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'i') {
          break lab0n1;
        }
        this.cursor -= 1;
        if (this.cursor > this.limitBackward) {
          break lab0n1;
        }
        return false;
      }
      this.cursor = this.limit - v1;
      this.sliceFrom('n');
    } else if (amongVar === 12) {
      this.sliceFrom('p');
    } else if (amongVar === 13) {
      this.sliceFrom('q');
    } else if (amongVar === 14) {
      this.sliceFrom('r');
    } else if (amongVar === 15) {
      this.sliceFrom('s');
    } else if (amongVar === 16) {
      this.sliceFrom('t');
    } else if (amongVar === 17) {
      this.sliceFrom('v');
    } else if (amongVar === 18) {
      this.sliceFrom('w');
    } else if (amongVar === 19) {
      this.sliceFrom('x');
    } else {
      this.sliceFrom('z');
    }
    return true;
  }

  private rStep1c(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_8);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (!this.rR1()) {
      return false;
    }
    if (!this.rC()) {
      return false;
    }
    if (amongVar === 1) {
      v1 = this.limit - this.cursor;
      lab0n1: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'n') {
          break lab0n1;
        }
        this.cursor -= 1;
        if (!this.rR1()) {
          break lab0n1;
        }
        return false;
      }
      this.cursor = this.limit - v1;
      loop2: {
        v2 = this.limit - this.cursor;
        lab0n3: {
          if (!this.eqSB('in')) {
            break lab0n3;
          }
          if (this.cursor > this.limitBackward) {
            break lab0n3;
          }
          this.sliceFrom('n');
          break loop2;
        }
        this.cursor = this.limit - v2;
        this.sliceDel();
        break loop2;
      }
    } else {
      v3 = this.limit - this.cursor;
      lab0n4: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'h') {
          break lab0n4;
        }
        this.cursor -= 1;
        if (!this.rR1()) {
          break lab0n4;
        }
        return false;
      }
      this.cursor = this.limit - v3;
      v4 = this.limit - this.cursor;
      lab0n5: {
        if (!this.eqSB('en')) {
          break lab0n5;
        }
        if (this.cursor > this.limitBackward) {
          break lab0n5;
        }
        return false;
      }
      this.cursor = this.limit - v4;
      this.sliceDel();
    }
    return true;
  }

  private rLosePrefix(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    this.bra = this.cursor;
    if (!this.eqS('ge')) {
      return false;
    }
    this.ket = this.cursor;
    v1 = this.cursor;
    if (this.cursor + 3 > this.limit) {
      return false;
    }
    this.cursor += 3;
    this.cursor = v1;
    v2 = this.cursor;
    loop1: while (true) {
      v3 = this.cursor;
      lab0n2: {
        loop3: {
          lab1n4: {
            if (!this.eqS('ij')) {
              break lab1n4;
            }
            break loop3;
          }
          if (!this.inGrouping(V)) {
            break lab0n2;
          }
          break loop3;
        }
        break loop1;
      }
      this.cursor = v3;
      if (this.cursor >= this.limit) {
        return false;
      }
      this.cursor += 1;
    }
    loop5: while (true) {
      v4 = this.cursor;
      lab0n6: {
        loop7: {
          lab1n8: {
            if (!this.eqS('ij')) {
              break lab1n8;
            }
            break loop7;
          }
          if (!this.inGrouping(V)) {
            break lab0n6;
          }
          break loop7;
        }
        continue loop5;
      }
      this.cursor = v4;
      break loop5;
    }
    if (this.cursor >= this.limit) {
      return false;
    }
    this.cursor = v2;
    amongVar = this.findAmong(A_9);
    if (amongVar === 1) {
      return false;
    }
    this.BGERemoved = true;
    this.sliceDel();
    v5 = this.cursor;
    lab0n9: {
      this.bra = this.cursor;
      amongVar = this.findAmong(A_10);
      if (amongVar === 0) {
        break lab0n9;
      }
      this.ket = this.cursor;
      this.sliceFrom(AS_10[amongVar - 1]!);
    }
    this.cursor = v5;
    return true;
  }

  private rLoseInfix(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    if (this.cursor >= this.limit) {
      return false;
    }
    this.cursor += 1;
    loop1: while (true) {
      lab0n2: {
        this.bra = this.cursor;
        if (!this.eqS('ge')) {
          break lab0n2;
        }
        this.ket = this.cursor;
        break loop1;
      }
      if (this.cursor >= this.limit) {
        return false;
      }
      this.cursor += 1;
    }
    v1 = this.cursor;
    if (this.cursor + 3 > this.limit) {
      return false;
    }
    this.cursor += 3;
    this.cursor = v1;
    v2 = this.cursor;
    loop3: while (true) {
      v3 = this.cursor;
      lab0n4: {
        loop5: {
          lab1n6: {
            if (!this.eqS('ij')) {
              break lab1n6;
            }
            break loop5;
          }
          if (!this.inGrouping(V)) {
            break lab0n4;
          }
          break loop5;
        }
        break loop3;
      }
      this.cursor = v3;
      if (this.cursor >= this.limit) {
        return false;
      }
      this.cursor += 1;
    }
    loop7: while (true) {
      v4 = this.cursor;
      lab0n8: {
        loop9: {
          lab1n10: {
            if (!this.eqS('ij')) {
              break lab1n10;
            }
            break loop9;
          }
          if (!this.inGrouping(V)) {
            break lab0n8;
          }
          break loop9;
        }
        continue loop7;
      }
      this.cursor = v4;
      break loop7;
    }
    if (this.cursor >= this.limit) {
      return false;
    }
    this.cursor = v2;
    this.BGERemoved = true;
    this.sliceDel();
    v5 = this.cursor;
    lab0n11: {
      this.bra = this.cursor;
      amongVar = this.findAmong(A_11);
      if (amongVar === 0) {
        break lab0n11;
      }
      this.ket = this.cursor;
      this.sliceFrom(AS_11[amongVar - 1]!);
    }
    this.cursor = v5;
    return true;
  }

  private rMeasure(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    this.IP1 = this.limit;
    this.IP2 = this.limit;
    v1 = this.cursor;
    lab0n1: {
      loop2: while (true) {
        lab1n3: {
          if (!this.outGrouping(V)) {
            break lab1n3;
          }
          continue loop2;
        }
        break loop2;
      }
      v2 = 1;
      loop4: while (true) {
        v3 = this.cursor;
        lab1n5: {
          loop6: {
            lab2n7: {
              if (!this.eqS('ij')) {
                break lab2n7;
              }
              break loop6;
            }
            if (!this.inGrouping(V)) {
              break lab1n5;
            }
            break loop6;
          }
          v2 -= 1;
          continue loop4;
        }
        this.cursor = v3;
        break loop4;
      }
      if (v2 > 0) {
        break lab0n1;
      }
      if (!this.outGrouping(V)) {
        break lab0n1;
      }
      this.IP1 = this.cursor;
      loop8: while (true) {
        lab1n9: {
          if (!this.outGrouping(V)) {
            break lab1n9;
          }
          continue loop8;
        }
        break loop8;
      }
      v4 = 1;
      loop10: while (true) {
        v5 = this.cursor;
        lab1n11: {
          loop12: {
            lab2n13: {
              if (!this.eqS('ij')) {
                break lab2n13;
              }
              break loop12;
            }
            if (!this.inGrouping(V)) {
              break lab1n11;
            }
            break loop12;
          }
          v4 -= 1;
          continue loop10;
        }
        this.cursor = v5;
        break loop10;
      }
      if (v4 > 0) {
        break lab0n1;
      }
      if (!this.outGrouping(V)) {
        break lab0n1;
      }
      this.IP2 = this.cursor;
    }
    this.cursor = v1;
    return true;
  }

  protected override stem(): boolean {
    let BStemmed: boolean;
    let v10: number;
    let v11: number;
    let v12: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    let v6: number;
    let v7: number;
    let v8: number;
    let v9: number;
    BStemmed = false;
    this.rMeasure();
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v1 = this.limit - this.cursor;
    lab0n1: {
      if (!this.rStep1()) {
        break lab0n1;
      }
      BStemmed = true;
    }
    this.cursor = this.limit - v1;
    v2 = this.limit - this.cursor;
    lab0n2: {
      if (!this.rStep2()) {
        break lab0n2;
      }
      BStemmed = true;
    }
    this.cursor = this.limit - v2;
    v3 = this.limit - this.cursor;
    lab0n3: {
      if (!this.rStep3()) {
        break lab0n3;
      }
      BStemmed = true;
    }
    this.cursor = this.limit - v3;
    v4 = this.limit - this.cursor;
    lab0n4: {
      if (!this.rStep4()) {
        break lab0n4;
      }
      BStemmed = true;
    }
    this.cursor = this.limit - v4;
    this.cursor = this.limitBackward;
    this.BGERemoved = false;
    v5 = this.cursor;
    lab0n5: {
      v6 = this.cursor;
      if (!this.rLosePrefix()) {
        break lab0n5;
      }
      this.cursor = v6;
      this.rMeasure();
    }
    this.cursor = v5;
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v7 = this.limit - this.cursor;
    lab0n6: {
      if (!this.BGERemoved) {
        break lab0n6;
      }
      BStemmed = true;
      if (!this.rStep1c()) {
        break lab0n6;
      }
    }
    this.cursor = this.limit - v7;
    this.cursor = this.limitBackward;
    this.BGERemoved = false;
    v8 = this.cursor;
    lab0n7: {
      v9 = this.cursor;
      if (!this.rLoseInfix()) {
        break lab0n7;
      }
      this.cursor = v9;
      this.rMeasure();
    }
    this.cursor = v8;
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v10 = this.limit - this.cursor;
    lab0n8: {
      if (!this.BGERemoved) {
        break lab0n8;
      }
      BStemmed = true;
      if (!this.rStep1c()) {
        break lab0n8;
      }
    }
    this.cursor = this.limit - v10;
    this.cursor = this.limitBackward;
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v11 = this.limit - this.cursor;
    lab0n9: {
      if (!this.rStep7()) {
        break lab0n9;
      }
      BStemmed = true;
    }
    this.cursor = this.limit - v11;
    v12 = this.limit - this.cursor;
    lab0n10: {
      if (!BStemmed) {
        break lab0n10;
      }
      if (!this.rStep6()) {
        break lab0n10;
      }
    }
    this.cursor = this.limit - v12;
    this.cursor = this.limitBackward;
    return true;
  }
}
