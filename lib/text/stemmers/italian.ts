// Generated from italian.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const V = new Set('aeiouàèìòù');

const AEIO = new Set('aeioàèìò');

const CG = 'cg';

const A_0: readonly Among[] = [
  ["all'", -1, -1],
  ["d'", -1, -1],
  ["dall'", -1, -1],
  ["dell'", -1, -1],
  ["gl'", -1, -1],
  ["l'", -1, -1],
  ["m'", -1, -1],
  ["nell'", -1, -1],
  ["quell'", -1, -1],
  ["quest'", -1, -1],
  ["s'", -1, -1],
  ["sull'", -1, -1],
  ["t'", -1, -1],
  ["tutt'", -1, -1],
  ["un'", -1, -1],
  ["v'", -1, -1],
];

const A_1: readonly Among[] = [
  ['', -1, 7],
  ['qu', 0, 6],
  ['á', 0, 1],
  ['é', 0, 2],
  ['í', 0, 3],
  ['ó', 0, 4],
  ['ú', 0, 5],
];

const A_2: readonly Among[] = [
  ['', -1, 3],
  ['I', 0, 1],
  ['U', 0, 2],
];

const A_3: readonly Among[] = [
  ['la', -1, -1],
  ['cela', 0, -1],
  ['gliela', 0, -1],
  ['mela', 0, -1],
  ['tela', 0, -1],
  ['vela', 0, -1],
  ['le', -1, -1],
  ['cele', 6, -1],
  ['gliele', 6, -1],
  ['mele', 6, -1],
  ['tele', 6, -1],
  ['vele', 6, -1],
  ['ne', -1, -1],
  ['cene', 12, -1],
  ['gliene', 12, -1],
  ['mene', 12, -1],
  ['sene', 12, -1],
  ['tene', 12, -1],
  ['vene', 12, -1],
  ['ci', -1, -1],
  ['li', -1, -1],
  ['celi', 20, -1],
  ['glieli', 20, -1],
  ['meli', 20, -1],
  ['teli', 20, -1],
  ['veli', 20, -1],
  ['gli', 20, -1],
  ['mi', -1, -1],
  ['si', -1, -1],
  ['ti', -1, -1],
  ['vi', -1, -1],
  ['lo', -1, -1],
  ['celo', 31, -1],
  ['glielo', 31, -1],
  ['melo', 31, -1],
  ['telo', 31, -1],
  ['velo', 31, -1],
];

const A_4: readonly Among[] = [
  ['ando', -1, 1],
  ['endo', -1, 1],
  ['ar', -1, 2],
  ['er', -1, 2],
  ['ir', -1, 2],
];

const AS_4 = ['', 'e'];

const A_5: readonly Among[] = [
  ['ic', -1, -1],
  ['abil', -1, -1],
  ['os', -1, -1],
  ['iv', -1, 1],
];

const A_6: readonly Among[] = [
  ['ic', -1, 1],
  ['abil', -1, 1],
  ['iv', -1, 1],
];

const A_7: readonly Among[] = [
  ['ica', -1, 1],
  ['logia', -1, 3],
  ['osa', -1, 1],
  ['ista', -1, 1],
  ['iva', -1, 9],
  ['anza', -1, 1],
  ['enza', -1, 5],
  ['ice', -1, 1],
  ['atrice', 7, 1],
  ['iche', -1, 1],
  ['logie', -1, 3],
  ['abile', -1, 1],
  ['ibile', -1, 1],
  ['usione', -1, 4],
  ['azione', -1, 2],
  ['uzione', -1, 4],
  ['atore', -1, 2],
  ['ose', -1, 1],
  ['ante', -1, 1],
  ['mente', -1, 1],
  ['amente', 19, 7],
  ['iste', -1, 1],
  ['ive', -1, 9],
  ['anze', -1, 1],
  ['enze', -1, 5],
  ['ici', -1, 1],
  ['atrici', 25, 1],
  ['ichi', -1, 1],
  ['abili', -1, 1],
  ['ibili', -1, 1],
  ['ismi', -1, 1],
  ['usioni', -1, 4],
  ['azioni', -1, 2],
  ['uzioni', -1, 4],
  ['atori', -1, 2],
  ['osi', -1, 1],
  ['anti', -1, 1],
  ['amenti', -1, 6],
  ['imenti', -1, 6],
  ['isti', -1, 1],
  ['ivi', -1, 9],
  ['ico', -1, 1],
  ['ismo', -1, 1],
  ['oso', -1, 1],
  ['amento', -1, 6],
  ['imento', -1, 6],
  ['ivo', -1, 9],
  ['ità', -1, 8],
  ['istà', -1, 1],
  ['istè', -1, 1],
  ['istì', -1, 1],
];

const A_8: readonly Among[] = [
  ['isca', -1, 1],
  ['enda', -1, 1],
  ['ata', -1, 1],
  ['ita', -1, 1],
  ['uta', -1, 1],
  ['ava', -1, 1],
  ['eva', -1, 1],
  ['iva', -1, 1],
  ['erebbe', -1, 1],
  ['irebbe', -1, 1],
  ['isce', -1, 1],
  ['ende', -1, 1],
  ['are', -1, 1],
  ['ere', -1, 1],
  ['ire', -1, 1],
  ['asse', -1, 1],
  ['ate', -1, 1],
  ['avate', 16, 1],
  ['evate', 16, 1],
  ['ivate', 16, 1],
  ['ete', -1, 1],
  ['erete', 20, 1],
  ['irete', 20, 1],
  ['ite', -1, 1],
  ['ereste', -1, 1],
  ['ireste', -1, 1],
  ['ute', -1, 1],
  ['erai', -1, 1],
  ['irai', -1, 1],
  ['isci', -1, 1],
  ['endi', -1, 1],
  ['erei', -1, 1],
  ['irei', -1, 1],
  ['assi', -1, 1],
  ['ati', -1, 1],
  ['iti', -1, 1],
  ['eresti', -1, 1],
  ['iresti', -1, 1],
  ['uti', -1, 1],
  ['avi', -1, 1],
  ['evi', -1, 1],
  ['ivi', -1, 1],
  ['isco', -1, 1],
  ['ando', -1, 1],
  ['endo', -1, 1],
  ['Yamo', -1, 1],
  ['iamo', -1, 1],
  ['avamo', -1, 1],
  ['evamo', -1, 1],
  ['ivamo', -1, 1],
  ['eremo', -1, 1],
  ['iremo', -1, 1],
  ['assimo', -1, 1],
  ['ammo', -1, 1],
  ['emmo', -1, 1],
  ['eremmo', 54, 1],
  ['iremmo', 54, 1],
  ['immo', -1, 1],
  ['ano', -1, 1],
  ['iscano', 58, 1],
  ['avano', 58, 1],
  ['evano', 58, 1],
  ['ivano', 58, 1],
  ['eranno', -1, 1],
  ['iranno', -1, 1],
  ['ono', -1, 1],
  ['iscono', 65, 1],
  ['arono', 65, 1],
  ['erono', 65, 1],
  ['irono', 65, 1],
  ['erebbero', -1, 1],
  ['irebbero', -1, 1],
  ['assero', -1, 1],
  ['essero', -1, 1],
  ['issero', -1, 1],
  ['ato', -1, 1],
  ['ito', -1, 1],
  ['uto', -1, 1],
  ['avo', -1, 1],
  ['evo', -1, 1],
  ['ivo', -1, 1],
  ['ar', -1, 1],
  ['ir', -1, 1],
  ['erà', -1, 1],
  ['irà', -1, 1],
  ['erò', -1, 1],
  ['irò', -1, 1],
];

export class ItalianStemmer extends BaseStemmer {
  private IP2 = 0;
  private IP1 = 0;
  private IPV = 0;

  private rElisions(): boolean {
    this.bra = this.cursor;
    if (this.findAmong(A_0) === 0) {
      return false;
    }
    this.ket = this.cursor;
    if (this.cursor >= this.limit) {
      return false;
    }
    this.sliceDel();
    return true;
  }

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
        this.bra = this.cursor;
        amongVar = this.findAmong(A_1);
        this.ket = this.cursor;
        if (amongVar === 1) {
          this.sliceFrom('à');
        } else if (amongVar === 2) {
          this.sliceFrom('è');
        } else if (amongVar === 3) {
          this.sliceFrom('ì');
        } else if (amongVar === 4) {
          this.sliceFrom('ò');
        } else if (amongVar === 5) {
          this.sliceFrom('ù');
        } else if (amongVar === 6) {
          this.sliceFrom('qU');
        } else {
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
    loop3: while (true) {
      v3 = this.cursor;
      lab0n4: {
        loop5: while (true) {
          v4 = this.cursor;
          lab1n6: {
            if (!this.inGrouping(V)) {
              break lab1n6;
            }
            this.bra = this.cursor;
            loop7: {
              v5 = this.cursor;
              lab2n8: {
                if (this.cursor === this.limit || this.current[this.cursor] !== 'u') {
                  break lab2n8;
                }
                this.cursor += 1;
                this.ket = this.cursor;
                if (!this.inGrouping(V)) {
                  break lab2n8;
                }
                this.sliceFrom('U');
                break loop7;
              }
              this.cursor = v5;
              if (this.cursor === this.limit || this.current[this.cursor] !== 'i') {
                break lab1n6;
              }
              this.cursor += 1;
              this.ket = this.cursor;
              if (!this.inGrouping(V)) {
                break lab1n6;
              }
              this.sliceFrom('I');
              break loop7;
            }
            this.cursor = v4;
            break loop5;
          }
          this.cursor = v4;
          if (this.cursor >= this.limit) {
            break lab0n4;
          }
          this.cursor += 1;
        }
        continue loop3;
      }
      this.cursor = v3;
      break loop3;
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
        lab1n6: {
          if (!this.eqS('divan')) {
            break lab1n6;
          }
          break loop2;
        }
        this.cursor = v2;
        if (!this.outGrouping(V)) {
          break lab0n1;
        }
        loop7: {
          v4 = this.cursor;
          lab1n8: {
            if (!this.outGrouping(V)) {
              break lab1n8;
            }
            if (!this.goOutGrouping(V)) {
              break lab1n8;
            }
            this.cursor += 1;
            break loop7;
          }
          this.cursor = v4;
          if (!this.inGrouping(V)) {
            break lab0n1;
          }
          if (this.cursor >= this.limit) {
            break lab0n1;
          }
          this.cursor += 1;
          break loop7;
        }
        break loop2;
      }
      this.IPV = this.cursor;
    }
    this.cursor = v1;
    v5 = this.cursor;
    lab0n9: {
      if (!this.goOutGrouping(V)) {
        break lab0n9;
      }
      this.cursor += 1;
      if (!this.goInGrouping(V)) {
        break lab0n9;
      }
      this.cursor += 1;
      this.IP1 = this.cursor;
      if (!this.goOutGrouping(V)) {
        break lab0n9;
      }
      this.cursor += 1;
      if (!this.goInGrouping(V)) {
        break lab0n9;
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
        amongVar = this.findAmong(A_2);
        this.ket = this.cursor;
        if (amongVar === 1) {
          this.sliceFrom('i');
        } else if (amongVar === 2) {
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
    if (this.findAmongB(A_3) === 0) {
      return false;
    }
    this.bra = this.cursor;
    amongVar = this.findAmongB(A_4);
    if (amongVar === 0) {
      return false;
    }
    if (!this.rRV()) {
      return false;
    }
    this.sliceFrom(AS_4[amongVar - 1]!);
    return true;
  }

  private rStandardSuffix(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_7);
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
      if (!this.rRV()) {
        return false;
      }
      this.sliceDel();
    } else if (amongVar === 7) {
      if (this.IP1 > this.cursor) {
        return false;
      }
      this.sliceDel();
      v2 = this.limit - this.cursor;
      lab0n2: {
        this.ket = this.cursor;
        amongVar = this.findAmongB(A_5);
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
    } else if (amongVar === 8) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v3 = this.limit - this.cursor;
      lab0n3: {
        this.ket = this.cursor;
        if (this.findAmongB(A_6) === 0) {
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
    } else {
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
        this.ket = this.cursor;
        if (!this.eqSB('ic')) {
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
    if (this.findAmongB(A_8) === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    this.sliceDel();
    this.limitBackward = v2;
    return true;
  }

  private rVowelSuffix(): boolean {
    let v1: number;
    let v2: number;
    v1 = this.limit - this.cursor;
    lab0n1: {
      this.ket = this.cursor;
      if (!this.inGroupingB(AEIO)) {
        this.cursor = this.limit - v1;
        break lab0n1;
      }
      this.bra = this.cursor;
      if (!this.rRV()) {
        this.cursor = this.limit - v1;
        break lab0n1;
      }
      this.sliceDel();
      this.ket = this.cursor;
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'i') {
        this.cursor = this.limit - v1;
        break lab0n1;
      }
      this.cursor -= 1;
      this.bra = this.cursor;
      if (!this.rRV()) {
        this.cursor = this.limit - v1;
        break lab0n1;
      }
      this.sliceDel();
    }
    v2 = this.limit - this.cursor;
    lab0n2: {
      this.ket = this.cursor;
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'h') {
        this.cursor = this.limit - v2;
        break lab0n2;
      }
      this.cursor -= 1;
      this.bra = this.cursor;
      if (!this.inGroupingB(CG)) {
        this.cursor = this.limit - v2;
        break lab0n2;
      }
      if (!this.rRV()) {
        this.cursor = this.limit - v2;
        break lab0n2;
      }
      this.sliceDel();
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
    v1 = this.cursor;
    this.rElisions();
    this.cursor = v1;
    v2 = this.cursor;
    this.rPrelude();
    this.cursor = v2;
    this.rMarkRegions();
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v3 = this.limit - this.cursor;
    this.rAttachedPronoun();
    this.cursor = this.limit - v3;
    v4 = this.limit - this.cursor;
    lab0n1: {
      loop2: {
        v5 = this.limit - this.cursor;
        lab1n3: {
          if (!this.rStandardSuffix()) {
            break lab1n3;
          }
          break loop2;
        }
        this.cursor = this.limit - v5;
        if (!this.rVerbSuffix()) {
          break lab0n1;
        }
        break loop2;
      }
    }
    this.cursor = this.limit - v4;
    v6 = this.limit - this.cursor;
    this.rVowelSuffix();
    this.cursor = this.limit - v6;
    this.cursor = this.limitBackward;
    v7 = this.cursor;
    this.rPostlude();
    this.cursor = v7;
    return true;
  }
}
