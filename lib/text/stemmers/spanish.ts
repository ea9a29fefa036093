// Generated from spanish.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const V = new Set('aeiouáéíóúü');

const A_0: readonly Among[] = [
  ['', -1, 6],
  ['á', 0, 1],
  ['é', 0, 2],
  ['í', 0, 3],
  ['ó', 0, 4],
  ['ú', 0, 5],
];

const A_1: readonly Among[] = [
  ['la', -1, -1],
  ['sela', 0, -1],
  ['le', -1, -1],
  ['me', -1, -1],
  ['se', -1, -1],
  ['lo', -1, -1],
  ['selo', 5, -1],
  ['las', -1, -1],
  ['selas', 7, -1],
  ['les', -1, -1],
  ['los', -1, -1],
  ['selos', 10, -1],
  ['nos', -1, -1],
];

const A_2: readonly Among[] = [
  ['ando', -1, 6],
  ['iendo', -1, 6],
  ['yendo', -1, 7],
  ['ándo', -1, 2],
  ['iéndo', -1, 1],
  ['ar', -1, 6],
  ['er', -1, 6],
  ['ir', -1, 6],
  ['ár', -1, 3],
  ['ér', -1, 4],
  ['ír', -1, 5],
];

const A_3: readonly Among[] = [
  ['ic', -1, -1],
  ['ad', -1, -1],
  ['os', -1, -1],
  ['iv', -1, 1],
];

const A_4: readonly Among[] = [
  ['able', -1, 1],
  ['ible', -1, 1],
  ['ante', -1, 1],
];

const A_5: readonly Among[] = [
  ['ic', -1, 1],
  ['abil', -1, 1],
  ['iv', -1, 1],
];

const A_6: readonly Among[] = [
  ['ica', -1, 1],
  ['ancia', -1, 2],
  ['encia', -1, 5],
  ['adora', -1, 2],
  ['osa', -1, 1],
  ['ista', -1, 1],
  ['iva', -1, 9],
  ['anza', -1, 1],
  ['logía', -1, 3],
  ['idad', -1, 8],
  ['able', -1, 1],
  ['ible', -1, 1],
  ['ante', -1, 2],
  ['mente', -1, 7],
  ['amente', 13, 6],
  ['acion', -1, 2],
  ['ucion', -1, 4],
  ['ación', -1, 2],
  ['ución', -1, 4],
  ['ico', -1, 1],
  ['ismo', -1, 1],
  ['oso', -1, 1],
  ['amiento', -1, 1],
  ['imiento', -1, 1],
  ['ivo', -1, 9],
  ['ador', -1, 2],
  ['icas', -1, 1],
  ['ancias', -1, 2],
  ['encias', -1, 5],
  ['adoras', -1, 2],
  ['osas', -1, 1],
  ['istas', -1, 1],
  ['ivas', -1, 9],
  ['anzas', -1, 1],
  ['logías', -1, 3],
  ['idades', -1, 8],
  ['ables', -1, 1],
  ['ibles', -1, 1],
  ['aciones', -1, 2],
  ['uciones', -1, 4],
  ['adores', -1, 2],
  ['antes', -1, 2],
  ['icos', -1, 1],
  ['ismos', -1, 1],
  ['osos', -1, 1],
  ['amientos', -1, 1],
  ['imientos', -1, 1],
  ['ivos', -1, 9],
];

const A_7: readonly Among[] = [
  ['ya', -1, 1],
  ['ye', -1, 1],
  ['yan', -1, 1],
  ['yen', -1, 1],
  ['yeron', -1, 1],
  ['yendo', -1, 1],
  ['yo', -1, 1],
  ['yas', -1, 1],
  ['yes', -1, 1],
  ['yais', -1, 1],
  ['yamos', -1, 1],
  ['yó', -1, 1],
];

const A_8: readonly Among[] = [
  ['aba', -1, 2],
  ['ada', -1, 2],
  ['ida', -1, 2],
  ['ara', -1, 2],
  ['iera', -1, 2],
  ['ía', -1, 2],
  ['aría', 5, 2],
  ['ería', 5, 2],
  ['iría', 5, 2],
  ['ad', -1, 2],
  ['ed', -1, 2],
  ['id', -1, 2],
  ['ase', -1, 2],
  ['iese', -1, 2],
  ['aste', -1, 2],
  ['iste', -1, 2],
  ['an', -1, 2],
  ['aban', 16, 2],
  ['aran', 16, 2],
  ['ieran', 16, 2],
  ['ían', 16, 2],
  ['arían', 20, 2],
  ['erían', 20, 2],
  ['irían', 20, 2],
  ['en', -1, 1],
  ['asen', 24, 2],
  ['iesen', 24, 2],
  ['aron', -1, 2],
  ['ieron', -1, 2],
  ['arán', -1, 2],
  ['erán', -1, 2],
  ['irán', -1, 2],
  ['ado', -1, 2],
  ['ido', -1, 2],
  ['ando', -1, 2],
  ['iendo', -1, 2],
  ['ar', -1, 2],
  ['er', -1, 2],
  ['ir', -1, 2],
  ['as', -1, 2],
  ['abas', 39, 2],
  ['adas', 39, 2],
  ['idas', 39, 2],
  ['aras', 39, 2],
  ['ieras', 39, 2],
  ['ías', 39, 2],
  ['arías', 45, 2],
  ['erías', 45, 2],
  ['irías', 45, 2],
  ['es', -1, 1],
  ['ases', 49, 2],
  ['ieses', 49, 2],
  ['abais', -1, 2],
  ['arais', -1, 2],
  ['ierais', -1, 2],
  ['íais', -1, 2],
  ['aríais', 55, 2],
  ['eríais', 55, 2],
  ['iríais', 55, 2],
  ['aseis', -1, 2],
  ['ieseis', -1, 2],
  ['asteis', -1, 2],
  ['isteis', -1, 2],
  ['áis', -1, 2],
  ['éis', -1, 1],
  ['aréis', 64, 2],
  ['eréis', 64, 2],
  ['iréis', 64, 2],
  ['ados', -1, 2],
  ['idos', -1, 2],
  ['amos', -1, 2],
  ['ábamos', 70, 2],
  ['áramos', 70, 2],
  ['iéramos', 70, 2],
  ['íamos', 70, 2],
  ['aríamos', 74, 2],
  ['eríamos', 74, 2],
  ['iríamos', 74, 2],
  ['emos', -1, 1],
  ['aremos', 78, 2],
  ['eremos', 78, 2],
  ['iremos', 78, 2],
  ['ásemos', 78, 2],
  ['iésemos', 78, 2],
  ['imos', -1, 2],
  ['arás', -1, 2],
  ['erás', -1, 2],
  ['irás', -1, 2],
  ['ís', -1, 2],
  ['ará', -1, 2],
  ['erá', -1, 2],
  ['irá', -1, 2],
  ['aré', -1, 2],
  ['eré', -1, 2],
  ['iré', -1, 2],
  ['ió', -1, 2],
];

const A_9: readonly Among[] = [
  ['a', -1, 1],
  ['e', -1, 2],
  ['o', -1, 1],
  ['os', -1, 1],
  ['á', -1, 1],
  ['é', -1, 2],
  ['í', -1, 1],
  ['ó', -1, 1],
];

export class SpanishStemmer extends BaseStemmer {
  private IP2 = 0;
  private IP1 = 0;
  private IPV = 0;

  private rMarkRegions(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    this.IPV = this.limit;
    this.IP1 = this.limit;
    this.IP2 = this.limit;
    v1 = this.cursor;
    lab0n1: {
      loop2: {
        v2 = this.cursor;
        lab1n3: {
          if (!this.inGrouping(V)) {
            break lab1n3;
          }
          loop4: {
            v3 = this.cursor;
            lab2n5: {
              if (!this.outGrouping(V)) {
                break lab2n5;
              }
              if (!this.goOutGrouping(V)) {
                break lab2n5;
              }
              this.cursor += 1;
              break loop4;
            }
            this.cursor = v3;
            if (!this.inGrouping(V)) {
              break lab1n3;
            }
            if (!this.goInGrouping(V)) {
              break lab1n3;
            }
            this.cursor += 1;
            break loop4;
          }
          break loop2;
        }
        this.cursor = v2;
        if (!this.outGrouping(V)) {
          break lab0n1;
        }
        loop6: {
          v4 = this.cursor;
          lab1n7: {
            if (!this.outGrouping(V)) {
              break lab1n7;
            }
            if (!this.goOutGrouping(V)) {
              break lab1n7;
            }
            this.cursor += 1;
            break loop6;
          }
          this.cursor = v4;
          if (!this.inGrouping(V)) {
            break lab0n1;
          }
          if (this.cursor >= this.limit) {
            break lab0n1;
          }
          this.cursor += 1;
          break loop6;
        }
        break loop2;
      }
      this.IPV = this.cursor;
    }
    this.cursor = v1;
    v5 = this.cursor;
    lab0n8: {
      if (!this.goOutGrouping(V)) {
        break lab0n8;
      }
      this.cursor += 1;
      if (!this.goInGrouping(V)) {
        break lab0n8;
      }
      this.cursor += 1;
      this.IP1 = this.cursor;
      if (!this.goOutGrouping(V)) {
        break lab0n8;
      }
      this.cursor += 1;
      if (!this.goInGrouping(V)) {
        break lab0n8;
      }
      this.cursor += 1;
      this.IP2 = this.cursor;
    }
    this.cursor = v5;
    return true;
  }

  private rPostlude(): boolean {
    let amongVar: number;
    let v1: number;
    loop1: while (true) {
      v1 = this.cursor;
      lab0n2: {
        this.bra = this.cursor;
        amongVar = this.findAmong(A_0);
        this.ket = this.cursor;
        if (amongVar === 1) {
          this.sliceFrom('a');
        } else if (amongVar === 2) {
          this.sliceFrom('e');
        } else if (amongVar === 3) {
          this.sliceFrom('i');
        } else if (amongVar === 4) {
          this.sliceFrom('o');
        } else if (amongVar === 5) {
          this.sliceFrom('u');
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

  private rRV(): boolean {
    return this.IPV <= this.cursor;
  }

  private rR2(): boolean {
    return this.IP2 <= this.cursor;
  }

  private rAttachedPronoun(): boolean {
    let amongVar: number;
    this.ket = this.cursor;
    if (this.findAmongB(A_1) === 0) {
      return false;
    }
    this.bra = this.cursor;
    amongVar = this.findAmongB(A_2);
    if (amongVar === 0) {
      return false;
    }
    if (!this.rRV()) {
      return false;
    }
    if (amongVar === 1) {
      this.bra = this.cursor;
      this.sliceFrom('iendo');
    } else if (amongVar === 2) {
      this.bra = this.cursor;
      this.sliceFrom('ando');
    } else if (amongVar === 3) {
      this.bra = this.cursor;
      this.sliceFrom('ar');
    } else if (amongVar === 4) {
      this.bra = this.cursor;
      this.sliceFrom('er');
    } else if (amongVar === 5) {
      this.bra = this.cursor;
      this.sliceFrom('ir');
    } else if (amongVar === 6) {
      this.sliceDel();
    } else {
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'u') {
        return false;
      }
      this.cursor -= 1;
      this.sliceDel();
    }
    return true;
  }

  private rStandardSuffix(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_6);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
    } else if (amongVar === 2) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v1 = this.limit - this.cursor;
      lab0n1: {
        this.ket = this.cursor;
        if (!this.eqSB('ic')) {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        this.bra = this.cursor;
        if (!this.rR2()) {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        this.sliceDel();
      }
    } else if (amongVar === 3) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceFrom('log');
    } else if (amongVar === 4) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceFrom('u');
    } else if (amongVar === 5) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceFrom('ente');
    } else if (amongVar === 6) {
      if (this.IP1 > this.cursor) {
        return false;
      }
      this.sliceDel();
      v2 = this.limit - this.cursor;
      lab0n2: {
        this.ket = this.cursor;
        amongVar = this.findAmongB(A_3);
        if (amongVar === 0) {
          this.cursor = this.limit - v2;
          break lab0n2;
        }
        this.bra = this.cursor;
        if (!this.rR2()) {
          this.cursor = this.limit - v2;
          break lab0n2;
        }
        this.sliceDel();
        if (amongVar === 1) {
          this.ket = this.cursor;
          if (!this.eqSB('at')) {
            this.cursor = this.limit - v2;
            break lab0n2;
          }
          this.bra = this.cursor;
          if (!this.rR2()) {
            this.cursor = this.limit - v2;
            break lab0n2;
          }
          this.sliceDel();
        }
      }
    } else if (amongVar === 7) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v3 = this.limit - this.cursor;
      lab0n3: {
        this.ket = this.cursor;
        if (this.findAmongB(A_4) === 0) {
          this.cursor = this.limit - v3;
          break lab0n3;
        }
        this.bra = this.cursor;
        if (!this.rR2()) {
          this.cursor = this.limit - v3;
          break lab0n3;
        }
        this.sliceDel();
      }
    } else if (amongVar === 8) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v4 = this.limit - this.cursor;
      lab0n4: {
        this.ket = this.cursor;
        if (this.findAmongB(A_5) === 0) {
          this.cursor = this.limit - v4;
          break lab0n4;
        }
        this.bra = this.cursor;
        if (!this.rR2()) {
          this.cursor = this.limit - v4;
          break lab0n4;
        }
        this.sliceDel();
      }
    } else {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v5 = this.limit - this.cursor;
      lab0n5: {
        this.ket = this.cursor;
        if (!this.eqSB('at')) {
          this.cursor = this.limit - v5;
          break lab0n5;
        }
        this.bra = this.cursor;
        if (!this.rR2()) {
          this.cursor = this.limit - v5;
          break lab0n5;
        }
        this.sliceDel();
      }
    }
    return true;
  }

  private rYVerbSuffix(): boolean {
    let v2: number;
    if (this.cursor < this.IPV) {
      return false;
    }
    v2 = this.limitBackward;
    this.limitBackward = this.IPV;
    this.ket = this.cursor;
    if (this.findAmongB(A_7) === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    this.limitBackward = v2;
    if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'u') {
      return false;
    }
    this.cursor -= 1;
    this.sliceDel();
    return true;
  }

  private rVerbSuffix(): boolean {
    let amongVar: number;
    let v2: number;
    let v3: number;
    let v4: number;
    if (this.cursor < this.IPV) {
      return false;
    }
    v2 = this.limitBackward;
    this.limitBackward = this.IPV;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_8);
    if (amongVar === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    this.limitBackward = v2;
    if (amongVar === 1) {
      v3 = this.limit - this.cursor;
      lab0n1: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'u') {
          this.cursor = this.limit - v3;
          break lab0n1;
        }
        this.cursor -= 1;
        v4 = this.limit - this.cursor;
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'g') {
          this.cursor = this.limit - v3;
          break lab0n1;
        }
        this.cursor -= 1;
        this.cursor = this.limit - v4;
      }
      this.bra = this.cursor;
      this.sliceDel();
    } else {
      this.sliceDel();
    }
    return true;
  }

  private rResidualSuffix(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_9);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      if (!this.rRV()) {
        return false;
      }
      this.sliceDel();
    } else {
      if (!this.rRV()) {
        return false;
      }
      this.sliceDel();
      v1 = this.limit - this.cursor;
      lab0n1: {
        this.ket = this.cursor;
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'u') {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        this.cursor -= 1;
        this.bra = this.cursor;
        v2 = this.limit - this.cursor;
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'g') {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        this.cursor -= 1;
        this.cursor = this.limit - v2;
        if (!this.rRV()) {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        this.sliceDel();
      }
    }
    return true;
  }

  protected override stem(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    this.rMarkRegions();
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v1 = this.limit - this.cursor;
    this.rAttachedPronoun();
    this.cursor = this.limit - v1;
    v2 = this.limit - this.cursor;
    lab0n1: {
      loop2: {
        v3 = this.limit - this.cursor;
        lab1n3: {
          if (!this.rStandardSuffix()) {
            break lab1n3;
          }
          break loop2;
        }
        this.cursor = this.limit - v3;
        lab1n4: {
          if (!this.rYVerbSuffix()) {
            break lab1n4;
          }
          break loop2;
        }
        this.cursor = this.limit - v3;
        if (!this.rVerbSuffix()) {
          break lab0n1;
        }
        break loop2;
      }
    }
    this.cursor = this.limit - v2;
    v4 = this.limit - this.cursor;
    this.rResidualSuffix();
    this.cursor = this.limit - v4;
    this.cursor = this.limitBackward;
    v5 = this.cursor;
    this.rPostlude();
    this.cursor = v5;
    return true;
  }
}
