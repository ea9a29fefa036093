// Generated from french.sbl by Snowball 3.1.1 - https://snowballstem.org/, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.
/* eslint-disable */
import { BaseStemmer, type Among } from './base-stemmer.ts';

const V = new Set('aeiouyàâèéêëîïôùû');

const OUX_ENDING = new Set('bhjlnp');

const ELISION_CHAR = new Set('cdjlmnst');

const KEEP_WITH_S = new Set('aiosuè');

const A_0: readonly Among[] = [
  ['col', -1, -1],
  ['ni', -1, 1],
  ['par', -1, -1],
  ['tap', -1, -1],
];

const A_1: readonly Among[] = [
  ['', -1, 7],
  ['H', 0, 6],
  ['He', 1, 4],
  ['Hi', 1, 5],
  ['I', 0, 1],
  ['U', 0, 2],
  ['Y', 0, 3],
];

const A_2: readonly Among[] = [
  ['iqU', -1, 3],
  ['abl', -1, 3],
  ['Ièr', -1, 4],
  ['ièr', -1, 4],
  ['eus', -1, 2],
  ['iv', -1, 1],
];

const A_3: readonly Among[] = [
  ['ic', -1, 2],
  ['abil', -1, 1],
  ['iv', -1, 3],
];

const A_4: readonly Among[] = [
  ['iqUe', -1, 1],
  ['atrice', -1, 2],
  ['ance', -1, 1],
  ['ence', -1, 5],
  ['logie', -1, 3],
  ['able', -1, 1],
  ['isme', -1, 1],
  ['euse', -1, 12],
  ['iste', -1, 1],
  ['ive', -1, 8],
  ['if', -1, 8],
  ['usion', -1, 4],
  ['ation', -1, 2],
  ['ution', -1, 4],
  ['ateur', -1, 2],
  ['iqUes', -1, 1],
  ['atrices', -1, 2],
  ['ances', -1, 1],
  ['ences', -1, 5],
  ['logies', -1, 3],
  ['ables', -1, 1],
  ['ismes', -1, 1],
  ['euses', -1, 12],
  ['istes', -1, 1],
  ['ives', -1, 8],
  ['ifs', -1, 8],
  ['usions', -1, 4],
  ['ations', -1, 2],
  ['utions', -1, 4],
  ['ateurs', -1, 2],
  ['ments', -1, 16],
  ['ements', 30, 6],
  ['issements', 31, 13],
  ['ités', -1, 7],
  ['ment', -1, 16],
  ['ement', 34, 6],
  ['issement', 35, 13],
  ['amment', 34, 14],
  ['emment', 34, 15],
  ['aux', -1, 10],
  ['eaux', 39, 9],
  ['eux', -1, 1],
  ['oux', -1, 11],
  ['ité', -1, 7],
];

const A_5: readonly Among[] = [
  ['ira', -1, 1],
  ['ie', -1, 1],
  ['isse', -1, 1],
  ['issante', -1, 1],
  ['i', -1, 1],
  ['irai', 4, 1],
  ['ir', -1, 1],
  ['iras', -1, 1],
  ['ies', -1, 1],
  ['îmes', -1, 1],
  ['isses', -1, 1],
  ['issantes', -1, 1],
  ['îtes', -1, 1],
  ['is', -1, 1],
  ['irais', 13, 1],
  ['issais', 13, 1],
  ['irions', -1, 1],
  ['issions', -1, 1],
  ['irons', -1, 1],
  ['issons', -1, 1],
  ['issants', -1, 1],
  ['it', -1, 1],
  ['irait', 21, 1],
  ['issait', 21, 1],
  ['issant', -1, 1],
  ['iraIent', -1, 1],
  ['issaIent', -1, 1],
  ['irent', -1, 1],
  ['issent', -1, 1],
  ['iront', -1, 1],
  ['ît', -1, 1],
  ['iriez', -1, 1],
  ['issiez', -1, 1],
  ['irez', -1, 1],
  ['issez', -1, 1],
];

const A_6: readonly Among[] = [
  ['al', -1, 1],
  ['épl', -1, -1],
  ['auv', -1, -1],
];

const A_7: readonly Among[] = [
  ['a', -1, 3],
  ['era', 0, 2],
  ['aise', -1, 4],
  ['asse', -1, 3],
  ['ante', -1, 3],
  ['ée', -1, 2],
  ['ai', -1, 3],
  ['erai', 6, 2],
  ['er', -1, 2],
  ['as', -1, 3],
  ['eras', 9, 2],
  ['âmes', -1, 3],
  ['aises', -1, 4],
  ['asses', -1, 3],
  ['antes', -1, 3],
  ['âtes', -1, 3],
  ['ées', -1, 2],
  ['ais', -1, 4],
  ['eais', 17, 2],
  ['erais', 17, 2],
  ['ions', -1, 1],
  ['erions', 20, 2],
  ['assions', 20, 3],
  ['erons', -1, 2],
  ['ants', -1, 3],
  ['és', -1, 2],
  ['ait', -1, 3],
  ['erait', 26, 2],
  ['ant', -1, 3],
  ['aIent', -1, 3],
  ['eraIent', 29, 2],
  ['èrent', -1, 2],
  ['assent', -1, 3],
  ['eront', -1, 2],
  ['ât', -1, 3],
  ['ez', -1, 2],
  ['iez', 35, 2],
  ['eriez', 36, 2],
  ['assiez', 36, 3],
  ['erez', 35, 2],
  ['é', -1, 2],
];

const A_8: readonly Among[] = [
  ['e', -1, 3],
  ['Ière', 0, 2],
  ['ière', 0, 2],
  ['ion', -1, 1],
  ['Ier', -1, 2],
  ['ier', -1, 2],
];

const A_9: readonly Among[] = [
  ['ell', -1, -1],
  ['eill', -1, -1],
  ['enn', -1, -1],
  ['onn', -1, -1],
  ['ett', -1, -1],
];

export class FrenchStemmer extends BaseStemmer {
  private IP2 = 0;
  private IP1 = 0;
  private IPV = 0;

  private rElisions(): boolean {
    this.bra = this.cursor;
    loop1: {
      lab0n2: {
        if (!this.inGrouping(ELISION_CHAR)) {
          break lab0n2;
        }
        break loop1;
      }
      if (!this.eqS('qu')) {
        return false;
      }
      break loop1;
    }
    if (this.cursor === this.limit || this.current[this.cursor] !== "'") {
      return false;
    }
    this.cursor += 1;
    this.ket = this.cursor;
    if (this.cursor >= this.limit) {
      return false;
    }
    this.sliceDel();
    return true;
  }

  private rPrelude(): boolean {
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    loop1: while (true) {
      v1 = this.cursor;
      lab0n2: {
        loop3: while (true) {
          v2 = this.cursor;
          lab1n4: {
            loop5: {
              v3 = this.cursor;
              lab2n6: {
                if (!this.inGrouping(V)) {
                  break lab2n6;
                }
                this.bra = this.cursor;
                loop7: {
                  v4 = this.cursor;
                  lab3n8: {
                    if (this.cursor === this.limit || this.current[this.cursor] !== 'u') {
                      break lab3n8;
                    }
                    this.cursor += 1;
                    this.ket = this.cursor;
                    if (!this.inGrouping(V)) {
                      break lab3n8;
                    }
                    this.sliceFrom('U');
                    break loop7;
                  }
                  this.cursor = v4;
                  lab3n9: {
                    if (this.cursor === this.limit || this.current[this.cursor] !== 'i') {
                      break lab3n9;
                    }
                    this.cursor += 1;
                    this.ket = this.cursor;
                    if (!this.inGrouping(V)) {
                      break lab3n9;
                    }
                    this.sliceFrom('I');
                    break loop7;
                  }
                  this.cursor = v4;
                  if (this.cursor === this.limit || this.current[this.cursor] !== 'y') {
                    break lab2n6;
                  }
                  this.cursor += 1;
                  this.ket = this.cursor;
                  this.sliceFrom('Y');
                  break loop7;
                }
                break loop5;
              }
              this.cursor = v3;
              lab2n10: {
                this.bra = this.cursor;
                if (this.cursor === this.limit || this.current[this.cursor] !== 'ë') {
                  break lab2n10;
                }
                this.cursor += 1;
                this.ket = this.cursor;
                this.sliceFrom('He');
                break loop5;
              }
              this.cursor = v3;
              lab2n11: {
                this.bra = this.cursor;
                if (this.cursor === this.limit || this.current[this.cursor] !== 'ï') {
                  break lab2n11;
                }
                this.cursor += 1;
                this.ket = this.cursor;
                this.sliceFrom('Hi');
                break loop5;
              }
              this.cursor = v3;
              lab2n12: {
                this.bra = this.cursor;
                if (this.cursor === this.limit || this.current[this.cursor] !== 'y') {
                  break lab2n12;
                }
                this.cursor += 1;
                this.ket = this.cursor;
                if (!this.inGrouping(V)) {
                  break lab2n12;
                }
                this.sliceFrom('Y');
                break loop5;
              }
              this.cursor = v3;
              if (this.cursor === this.limit || this.current[this.cursor] !== 'q') {
                break lab1n4;
              }
              this.cursor += 1;
              this.bra = this.cursor;
              if (this.cursor === this.limit || this.current[this.cursor] !== 'u') {
                break lab1n4;
              }
              this.cursor += 1;
              this.ket = this.cursor;
              this.sliceFrom('U');
              break loop5;
            }
            this.cursor = v2;
            break loop3;
          }
          this.cursor = v2;
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
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v3: number;
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
          if (!this.inGrouping(V)) {
            break lab1n3;
          }
          if (this.cursor >= this.limit) {
            break lab1n3;
          }
          this.cursor += 1;
          break loop2;
        }
        this.cursor = v2;
        lab1n4: {
          amongVar = this.findAmong(A_0);
          if (amongVar === 0) {
            break lab1n4;
          }
          if (amongVar === 1) {
            if (!this.inGrouping(V)) {
              break lab1n4;
            }
          }
          break loop2;
        }
        this.cursor = v2;
        if (this.cursor >= this.limit) {
          break lab0n1;
        }
        this.cursor += 1;
        if (!this.goOutGrouping(V)) {
          break lab0n1;
        }
        this.cursor += 1;
        break loop2;
      }
      this.IPV = this.cursor;
    }
    this.cursor = v1;
    v3 = this.cursor;
    lab0n5: {
      if (!this.goOutGrouping(V)) {
        break lab0n5;
      }
      this.cursor += 1;
      if (!this.goInGrouping(V)) {
        break lab0n5;
      }
      this.cursor += 1;
      this.IP1 = this.cursor;
      if (!this.goOutGrouping(V)) {
        break lab0n5;
      }
      this.cursor += 1;
      if (!this.goInGrouping(V)) {
        break lab0n5;
      }
      this.cursor += 1;
      this.IP2 = this.cursor;
    }
    this.cursor = v3;
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
          this.sliceFrom('i');
        } else if (amongVar === 2) {
          this.sliceFrom('u');
        } else if (amongVar === 3) {
          this.sliceFrom('y');
        } else if (amongVar === 4) {
          this.sliceFrom('ë');
        } else if (amongVar === 5) {
          this.sliceFrom('ï');
        } else if (amongVar === 6) {
          this.sliceDel();
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

  private rR1(): boolean {
    return this.IP1 <= this.cursor;
  }

  private rR2(): boolean {
    return this.IP2 <= this.cursor;
  }

  private rStandardSuffix(): boolean {
    let amongVar: number;
    let v10: number;
    let v11: number;
    let v1: number;
    let v2: number;
    let v3: number;
    let v4: number;
    let v5: number;
    let v6: number;
    let v7: number;
    let v8: number;
    let v9: number;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_4);
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
        loop2: {
          v2 = this.limit - this.cursor;
          lab1n3: {
            if (!this.rR2()) {
              break lab1n3;
            }
            this.sliceDel();
            break loop2;
          }
          this.cursor = this.limit - v2;
          this.sliceFrom('iqU');
          break loop2;
        }
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
      this.sliceFrom('ent');
    } else if (amongVar === 6) {
      if (!this.rRV()) {
        return false;
      }
      this.sliceDel();
      v3 = this.limit - this.cursor;
      lab0n4: {
        this.ket = this.cursor;
        amongVar = this.findAmongB(A_2);
        if (amongVar === 0) {
          this.cursor = this.limit - v3;
          break lab0n4;
        }
        this.bra = this.cursor;
        if (amongVar === 1) {
          if (!this.rR2()) {
            this.cursor = this.limit - v3;
            break lab0n4;
          }
          this.sliceDel();
          this.ket = this.cursor;
          if (!this.eqSB('at')) {
            this.cursor = this.limit - v3;
            break lab0n4;
          }
          this.bra = this.cursor;
          if (!this.rR2()) {
            this.cursor = this.limit - v3;
            break lab0n4;
          }
          this.sliceDel();
        } else if (amongVar === 2) {
          loop5: {
            v4 = this.limit - this.cursor;
            lab1n6: {
              if (!this.rR2()) {
                break lab1n6;
              }
              this.sliceDel();
              break loop5;
            }
            this.cursor = this.limit - v4;
            if (!this.rR1()) {
              this.cursor = this.limit - v3;
              break lab0n4;
            }
            this.sliceFrom('eux');
            break loop5;
          }
        } else if (amongVar === 3) {
          if (!this.rR2()) {
            this.cursor = this.limit - v3;
            break lab0n4;
          }
          this.sliceDel();
        } else {
          if (!this.rRV()) {
            this.cursor = this.limit - v3;
            break lab0n4;
          }
          this.sliceFrom('i');
        }
      }
    } else if (amongVar === 7) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v5 = this.limit - this.cursor;
      lab0n7: {
        this.ket = this.cursor;
        amongVar = this.findAmongB(A_3);
        if (amongVar === 0) {
          this.cursor = this.limit - v5;
          break lab0n7;
        }
        this.bra = this.cursor;
        if (amongVar === 1) {
          loop8: {
            v6 = this.limit - this.cursor;
            lab1n9: {
              if (!this.rR2()) {
                break lab1n9;
              }
              this.sliceDel();
              break loop8;
            }
            this.cursor = this.limit - v6;
            this.sliceFrom('abl');
            break loop8;
          }
        } else if (amongVar === 2) {
          loop10: {
            v7 = this.limit - this.cursor;
            lab1n11: {
              if (!this.rR2()) {
                break lab1n11;
              }
              this.sliceDel();
              break loop10;
            }
            this.cursor = this.limit - v7;
            this.sliceFrom('iqU');
            break loop10;
          }
        } else {
          if (!this.rR2()) {
            this.cursor = this.limit - v5;
            break lab0n7;
          }
          this.sliceDel();
        }
      }
    } else if (amongVar === 8) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
      v8 = this.limit - this.cursor;
      lab0n12: {
        this.ket = this.cursor;
        if (!this.eqSB('at')) {
          this.cursor = this.limit - v8;
          break lab0n12;
        }
        this.bra = this.cursor;
        if (!this.rR2()) {
          this.cursor = this.limit - v8;
          break lab0n12;
        }
        this.sliceDel();
        this.ket = this.cursor;
        if (!this.eqSB('ic')) {
          this.cursor = this.limit - v8;
          break lab0n12;
        }
        this.bra = this.cursor;
        loop13: {
          v9 = this.limit - this.cursor;
          lab1n14: {
            if (!this.rR2()) {
              break lab1n14;
            }
            this.sliceDel();
            break loop13;
          }
          this.cursor = this.limit - v9;
          this.sliceFrom('iqU');
          break loop13;
        }
      }
    } else if (amongVar === 9) {
      this.sliceFrom('eau');
    } else if (amongVar === 10) {
      if (!this.rR1()) {
        return false;
      }
      this.sliceFrom('al');
    } else if (amongVar === 11) {
      if (!this.inGroupingB(OUX_ENDING)) {
        return false;
      }
      this.sliceFrom('ou');
    } else if (amongVar === 12) {
      loop15: {
        v10 = this.limit - this.cursor;
        lab0n16: {
          if (!this.rR2()) {
            break lab0n16;
          }
          this.sliceDel();
          break loop15;
        }
        this.cursor = this.limit - v10;
        if (!this.rR1()) {
          return false;
        }
        this.sliceFrom('eux');
        break loop15;
      }
    } else if (amongVar === 13) {
      if (!this.rR1()) {
        return false;
      }
      if (!this.outGroupingB(V)) {
        return false;
      }
      this.sliceDel();
    } else if (amongVar === 14) {
      if (!this.rRV()) {
        return false;
      }
      this.sliceFrom('ant');
      return false;
    } else if (amongVar === 15) {
      if (!this.rRV()) {
        return false;
      }
      this.sliceFrom('ent');
      return false;
    } else {
      v11 = this.limit - this.cursor;
      if (!this.inGroupingB(V)) {
        return false;
      }
      if (!this.rRV()) {
        return false;
      }
      this.cursor = this.limit - v11;
      this.sliceDel();
      return false;
    }
    return true;
  }

  private rIVerbSuffix(): boolean {
    let v2: number;
    if (this.cursor < this.IPV) {
      return false;
    }
    v2 = this.limitBackward;
    this.limitBackward = this.IPV;
    this.ket = this.cursor;
    if (this.findAmongB(A_5) === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    lab0n1: {
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'H') {
        break lab0n1;
      }
      this.cursor -= 1;
      this.limitBackward = v2;
      return false;
    }
    if (!this.outGroupingB(V)) {
      this.limitBackward = v2;
      return false;
    }
    this.sliceDel();
    this.limitBackward = v2;
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
    amongVar = this.findAmongB(A_7);
    if (amongVar === 0) {
      this.limitBackward = v2;
      return false;
    }
    this.bra = this.cursor;
    this.limitBackward = v2;
    if (amongVar === 1) {
      if (!this.rR2()) {
        return false;
      }
      this.sliceDel();
    } else if (amongVar === 2) {
      this.sliceDel();
    } else if (amongVar === 3) {
      v3 = this.limit - this.cursor;
      lab0n1: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'e') {
          this.cursor = this.limit - v3;
          break lab0n1;
        }
        this.cursor -= 1;
        if (!this.rRV()) {
          this.cursor = this.limit - v3;
          break lab0n1;
        }
        this.bra = this.cursor;
      }
      this.sliceDel();
    } else {
      v4 = this.limit - this.cursor;
      lab0n2: {
        amongVar = this.findAmongB(A_6);
        if (amongVar === 0) {
          break lab0n2;
        }
        if (amongVar === 1) {
          if (this.cursor <= this.limitBackward) {
            break lab0n2;
          }
          this.cursor -= 1;
          if (this.cursor > this.limitBackward) {
            break lab0n2;
          }
        }
        return false;
      }
      this.cursor = this.limit - v4;
      this.sliceDel();
    }
    return true;
  }

  private rResidualSuffix(): boolean {
    let amongVar: number;
    let v1: number;
    let v2: number;
    let v4: number;
    v1 = this.limit - this.cursor;
    lab0n1: {
      this.ket = this.cursor;
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 's') {
        this.cursor = this.limit - v1;
        break lab0n1;
      }
      this.cursor -= 1;
      this.bra = this.cursor;
      v2 = this.limit - this.cursor;
      loop2: {
        lab1n3: {
          if (!this.eqSB('Hi')) {
            break lab1n3;
          }
          break loop2;
        }
        if (!this.outGroupingB(KEEP_WITH_S)) {
          this.cursor = this.limit - v1;
          break lab0n1;
        }
        break loop2;
      }
      this.cursor = this.limit - v2;
      this.sliceDel();
    }
    if (this.cursor < this.IPV) {
      return false;
    }
    v4 = this.limitBackward;
    this.limitBackward = this.IPV;
    this.ket = this.cursor;
    amongVar = this.findAmongB(A_8);
    if (amongVar === 0) {
      this.limitBackward = v4;
      return false;
    }
    this.bra = this.cursor;
    if (amongVar === 1) {
      if (!this.rR2()) {
        this.limitBackward = v4;
        return false;
      }
      loop4: {
        lab0n5: {
          if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 's') {
            break lab0n5;
          }
          this.cursor -= 1;
          break loop4;
        }
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 't') {
          this.limitBackward = v4;
          return false;
        }
        this.cursor -= 1;
        break loop4;
      }
      this.sliceDel();
    } else if (amongVar === 2) {
      this.sliceFrom('i');
    } else {
      this.sliceDel();
    }
    this.limitBackward = v4;
    return true;
  }

  private rUnDouble(): boolean {
    let v1: number;
    v1 = this.limit - this.cursor;
    if (this.findAmongB(A_9) === 0) {
      return false;
    }
    this.cursor = this.limit - v1;
    this.ket = this.cursor;
    if (this.cursor <= this.limitBackward) {
      return false;
    }
    this.cursor -= 1;
    this.bra = this.cursor;
    this.sliceDel();
    return true;
  }

  private rUnAccent(): boolean {
    let v1: number;
    v1 = 1;
    loop1: while (true) {
      lab0n2: {
        if (!this.outGroupingB(V)) {
          break lab0n2;
        }
        v1 -= 1;
        continue loop1;
      }
      break loop1;
    }
    if (v1 > 0) {
      return false;
    }
    this.ket = this.cursor;
    loop3: {
      lab0n4: {
        if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'é') {
          break lab0n4;
        }
        this.cursor -= 1;
        break loop3;
      }
      if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'è') {
        return false;
      }
      this.cursor -= 1;
      break loop3;
    }
    this.bra = this.cursor;
    this.sliceFrom('e');
    return true;
  }

  protected override stem(): boolean {
    let v10: number;
    let v11: number;
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
    this.rElisions();
    this.cursor = v1;
    v2 = this.cursor;
    this.rPrelude();
    this.cursor = v2;
    this.rMarkRegions();
    this.limitBackward = this.cursor;
    this.cursor = this.limit;
    v3 = this.limit - this.cursor;
    lab0n1: {
      loop2: {
        v4 = this.limit - this.cursor;
        lab1n3: {
          v5 = this.limit - this.cursor;
          loop4: {
            v6 = this.limit - this.cursor;
            lab2n5: {
              if (!this.rStandardSuffix()) {
                break lab2n5;
              }
              break loop4;
            }
            this.cursor = this.limit - v6;
            lab2n6: {
              if (!this.rIVerbSuffix()) {
                break lab2n6;
              }
              break loop4;
            }
            this.cursor = this.limit - v6;
            if (!this.rVerbSuffix()) {
              break lab1n3;
            }
            break loop4;
          }
          this.cursor = this.limit - v5;
          v7 = this.limit - this.cursor;
          lab2n7: {
            this.ket = this.cursor;
            loop8: {
              v8 = this.limit - this.cursor;
              lab3n9: {
                if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'Y') {
                  break lab3n9;
                }
                this.cursor -= 1;
                this.bra = this.cursor;
                this.sliceFrom('i');
                break loop8;
              }
              this.cursor = this.limit - v8;
              if (this.cursor <= this.limitBackward || this.current[this.cursor - 1] !== 'ç') {
                this.cursor = this.limit - v7;
                break lab2n7;
              }
              this.cursor -= 1;
              this.bra = this.cursor;
              this.sliceFrom('c');
              break loop8;
            }
          }
          break loop2;
        }
        this.cursor = this.limit - v4;
        if (!this.rResidualSuffix()) {
          break lab0n1;
        }
        break loop2;
      }
    }
    this.cursor = this.limit - v3;
    v9 = this.limit - this.cursor;
    this.rUnDouble();
    this.cursor = this.limit - v9;
    v10 = this.limit - this.cursor;
    this.rUnAccent();
    this.cursor = this.limit - v10;
    this.cursor = this.limitBackward;
    v11 = this.cursor;
    this.rPostlude();
    this.cursor = v11;
    return true;
  }
}
