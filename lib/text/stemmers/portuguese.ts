// Generated from portuguese.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const V = new Set('aeiouáâéêíóôú');

const A_0: readonly Among[] = [
  ['', -1, 3],
  ['ã', 0, 1],
  ['õ', 0, 2],
];

const A_1: readonly Among[] = [
  ['', -1, 3],
  ['a~', 0, 1],
  ['o~', 0, 2],
];

const A_2: readonly Among[] = [
  ['ic', -1, -1],
  ['ad', -1, -1],
  ['os', -1, -1],
  ['iv', -1, 1],
];

const A_3: readonly Among[] = [
  ['ante', -1, 1],
  ['avel', -1, 1],
  ['ível', -1, 1],
];

const A_4: readonly Among[] = [
  ['ic', -1, 1],
  ['abil', -1, 1],
  ['iv', -1, 1],
];

const A_5: readonly Among[] = [
  ['ica', -1, 1],
  ['ância', -1, 1],
  ['ência', -1, 4],
  ['logia', -1, 2],
  ['ira', -1, 9],
  ['adora', -1, 1],
  ['osa', -1, 1],
  ['ista', -1, 1],
  ['iva', -1, 8],
  ['eza', -1, 1],
  ['idade', -1, 7],
  ['ante', -1, 1],
  ['mente', -1, 6],
  ['amente', 12, 5],
  ['ável', -1, 1],
  ['ível', -1, 1],
  ['ico', -1, 1],
  ['ismo', -1, 1],
  ['oso', -1, 1],
  ['amento', -1, 1],
  ['imento', -1, 1],
  ['ivo', -1, 8],
  ['aça~o', -1, 1],
  ['uça~o', -1, 3],
  ['ador', -1, 1],
  ['icas', -1, 1],
  ['ências', -1, 4],
  ['logias', -1, 2],
  ['iras', -1, 9],
  ['adoras', -1, 1],
  ['osas', -1, 1],
  ['istas', -1, 1],
  ['ivas', -1, 8],
  ['ezas', -1, 1],
  ['idades', -1, 7],
  ['adores', -1, 1],
  ['antes', -1, 1],
  ['aço~es', -1, 1],
  ['uço~es', -1, 3],
  ['icos', -1, 1],
  ['ismos', -1, 1],
  ['osos', -1, 1],
  ['amentos', -1, 1],
  ['imentos', -1, 1],
  ['ivos', -1, 8],
];

const A_6: readonly Among[] = [
  ['ada', -1, 1],
  ['ida', -1, 1],
  ['ia', -1, 1],
  ['aria', 2, 1],
  ['eria', 2, 1],
  ['iria', 2, 1],
  ['ara', -1, 1],
  ['era', -1, 1],
  ['ira', -1, 1],
  ['ava', -1, 1],
  ['asse', -1, 1],
  ['esse', -1, 1],
  ['isse', -1, 1],
  ['aste', -1, 1],
  ['este', -1, 1],
  ['iste', -1, 1],
  ['ei', -1, 1],
  ['arei', 16, 1],
  ['erei', 16, 1],
  ['irei', 16, 1],
  ['am', -1, 1],
  ['iam', 20, 1],
  ['ariam', 21, 1],
  ['eriam', 21, 1],
  ['iriam', 21, 1],
  ['aram', 20, 1],
  ['eram', 20, 1],
  ['iram', 20, 1],
  ['avam', 20, 1],
  ['em', -1, 1],
  ['arem', 29, 1],
  ['erem', 29, 1],
  ['irem', 29, 1],
  ['assem', 29, 1],
  ['essem', 29, 1],
  ['issem', 29, 1],
  ['ado', -1, 1],
  ['ido', -1, 1],
  ['ando', -1, 1],
  ['endo', -1, 1],
  ['indo', -1, 1],
  ['ara~o', -1, 1],
  ['era~o', -1, 1],
  ['ira~o', -1, 1],
  ['ar', -1, 1],
  ['er', -1, 1],
  ['ir', -1, 1],
  ['as', -1, 1],
  ['adas', 47, 1],
  ['idas', 47, 1],
  ['ias', 47, 1],
  ['arias', 50, 1],
  ['erias', 50, 1],
  ['irias', 50, 1],
  ['aras', 47, 1],
  ['eras', 47, 1],
  ['iras', 47, 1],
  ['avas', 47, 1],
  ['es', -1, 1],
  ['ardes', 58, 1],
  ['erdes', 58, 1],
  ['irdes', 58, 1],
  ['ares', 58, 1],
  ['eres', 58, 1],
  ['ires', 58, 1],
  ['asses', 58, 1],
  ['esses', 58, 1],
  ['isses', 58, 1],
  ['astes', 58, 1],
  ['estes', 58, 1],
  ['istes', 58, 1],
  ['is', -1, 1],
  ['ais', 71, 1],
  ['eis', 71, 1],
  ['areis', 73, 1],
  ['ereis', 73, 1],
  ['ireis', 73, 1],
  ['áreis', 73, 1],
  ['éreis', 73, 1],
  ['íreis', 73, 1],
  ['ásseis', 73, 1],
  ['ésseis', 73, 1],
  ['ísseis', 73, 1],
  ['áveis', 73, 1],
  ['íeis', 73, 1],
  ['aríeis', 84, 1],
  ['eríeis', 84, 1],
  ['iríeis', 84, 1],
  ['ados', -1, 1],
  ['idos', -1, 1],
  ['amos', -1, 1],
  ['áramos', 90, 1],
  ['éramos', 90, 1],
  ['íramos', 90, 1],
  ['ávamos', 90, 1],
  ['íamos', 90, 1],
  ['aríamos', 95, 1],
  ['eríamos', 95, 1],
  ['iríamos', 95, 1],
  ['emos', -1, 1],
  ['aremos', 99, 1],
  ['eremos', 99, 1],
  ['iremos', 99, 1],
  ['ássemos', 99, 1],
  ['êssemos', 99, 1],
  ['íssemos', 99, 1],
  ['imos', -1, 1],
  ['armos', -1, 1],
  ['ermos', -1, 1],
  ['irmos', -1, 1],
  ['ámos', -1, 1],
  ['arás', -1, 1],
  ['erás', -1, 1],
  ['irás', -1, 1],
  ['eu', -1, 1],
  ['iu', -1, 1],
  ['ou', -1, 1],
  ['ará', -1, 1],
  ['erá', -1, 1],
  ['irá', -1, 1],
];

const A_7: readonly Among[] = [
  ['a', -1, 1],
  ['i', -1, 1],
  ['o', -1, 1],
  ['os', -1, 1],
  ['á', -1, 1],
  ['í', -1, 1],
  ['ó', -1, 1],
];

const A_8: readonly Among[] = [
  ['e', -1, 1],
  ['ç', -1, 2],
  ['é', -1, 1],
  ['ê', -1, 1],
];

export class PortugueseStemmer extends BaseStemmer {
  private IP2 = 0;
  private IP1 = 0;
  private IPV = 0;

  private rPrelude(): boolean {
    let amongVar: number;
    let v1: number;
    loop1: while (true) {
      v1 = this.cursor;
      lab0n2: {
        this.bra = this.cursor;
        amongVar = this.findAmong(A_0);
        this.ket = this.cursor;
        if (amongVar === 1) {
          this.sliceFrom('a~');
        } else if (amongVar === 2) {
          this.sliceFrom('o~');
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
        amongVar = this.findAmong(A_1);
        this.ket = this.cursor;
        if (amongVar === 1) {
          this.sliceFrom('ã');
        } else if (amongVar === 2) {
          this.sliceFrom('õ');
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

  private rStandardSuffix(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_5);
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
      this.sliceFrom('log');
    } else if (amongVar === 3) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceFrom('u');
    } else if (amongVar === 4) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceFrom('ente');
    } else if (amongVar === 5) {
      if (this.IP1 > this.cursor) {
        return false;
      }
      this.sliceDel();
      v1 = this.limit - this.cursor;
      lab0n1: {
        this.ket = this.cursor;
        amongVar = this.findAmongB(A_2);
        if (amongVar === 0) {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        this.bra = this.cursor;
        if (!this.rR2()) {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        this.sliceDel();
        if (amongVar === 1) {
          this.ket = this.cursor;
          if (!this.eqSB('at')) {
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
      }
    } else if (amongVar === 6) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v2 = this.limit - this.cursor;
      lab0n2: {
        this.ket = this.cursor;
        if (this.findAmongB(A_3) === 0) {
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
        if (!this.eqSB('at')) {
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
      if (!this.rRV()) {
        return false;
      }
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'e') {
        return false;
      }
      this.cursor -= 1;
      this.sliceFrom('ir');
    }
    return true;
  }

  private rVerbSuffix(): boolean {
    let v2: number;
    if (this.cursor < this.IPV) {
      return false;
    }
    v2 = this.limitBackward;
    this.limitBackward = this.IPV;
    this.ket = this.cursor;
    if (this.findAmongB(A_6) === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    this.sliceDel();
    this.limitBackward = v2;
    return true;
  }

  private rResidualSuffix(): boolean {
    this.ket = this.cursor;
    if (this.findAmongB(A_7) === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (!this.rRV()) {
      return false;
    }
    this.sliceDel();
    return true;
  }

  private rResidualForm(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_8);
    if (amongVar === 0) {
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      if (!this.rRV()) {
        return false;
      }
      this.sliceDel();
      this.ket = this.cursor;
      loop1: {
        v1 = this.limit - this.cursor;
        lab0n2: {
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'u') {
            break lab0n2;
          }
          this.cursor -= 1;
          this.bra = this.cursor;
          v2 = this.limit - this.cursor;
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'g') {
            break lab0n2;
          }
          this.cursor -= 1;
          this.cursor = this.limit - v2;
          break loop1;
        }
        this.cursor = this.limit - v1;
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'i') {
          return false;
        }
        this.cursor -= 1;
        this.bra = this.cursor;
        v3 = this.limit - this.cursor;
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'c') {
          return false;
        }
        this.cursor -= 1;
        this.cursor = this.limit - v3;
        break loop1;
      }
      if (!this.rRV()) {
        return false;
      }
      this.sliceDel();
    } else {
      this.sliceFrom('c');
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
    v1 = this.cursor;
    this.rPrelude();
    this.cursor = v1;
    this.rMarkRegions();
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v2 = this.limit - this.cursor;
    lab0n1: {
      loop2: {
        v3 = this.limit - this.cursor;
        lab1n3: {
          v4 = this.limit - this.cursor;
          loop4: {
            v5 = this.limit - this.cursor;
            lab2n5: {
              if (!this.rStandardSuffix()) {
                break lab2n5;
              }
              break loop4;
            }
            this.cursor = this.limit - v5;
            if (!this.rVerbSuffix()) {
              break lab1n3;
            }
            break loop4;
          }
          this.cursor = this.limit - v4;
          v6 = this.limit - this.cursor;
          lab2n6: {
            this.ket = this.cursor;
            if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'i') {
              break lab2n6;
            }
            this.cursor -= 1;
            this.bra = this.cursor;
            v7 = this.limit - this.cursor;
            if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'c') {
              break lab2n6;
            }
            this.cursor -= 1;
            this.cursor = this.limit - v7;
            if (!this.rRV()) {
              break lab2n6;
            }
            this.sliceDel();
          }
          this.cursor = this.limit - v6;
          break loop2;
        }
        this.cursor = this.limit - v3;
        if (!this.rResidualSuffix()) {
          break lab0n1;
        }
        break loop2;
      }
    }
    this.cursor = this.limit - v2;
    v8 = this.limit - this.cursor;
    this.rResidualForm();
    this.cursor = this.limit - v8;
    this.cursor = this.limitBackward;
    v9 = this.cursor;
    this.rPostlude();
    this.cursor = v9;
    return true;
  }
}
