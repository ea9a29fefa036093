/**
 * The types of the API, made of its OpenAPI document by `npm run client-types`. Not edited by hand.
 */
export interface components {
  schemas: {
    readonly AcceptedDocument: {
      readonly id: string;
      /** @description the id of the document */
      readonly name: string;
    };
    readonly AcceptedUpload: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'accepted';
      /** @description under which the file is sent: composed (NFC), and with keep-both another where it was taken */
      readonly name: string;
      readonly id: string;
      /**
       * Format: uri
       * @description to post the form to
       */
      readonly url: string;
      /** @description of the form, exactly so, with the file behind them as `file` */
      readonly fields: {
        readonly [key: string]: string;
      };
      /**
       * Format: date-time
       * @description until then the form is taken
       */
      readonly expiresAt: string;
    };
    readonly Adoption: {
      /**
       * Format: int64
       * @description how many are the tenant’s now, and are being described
       */
      readonly adopted: number;
      /** @description what stays a stray */
      readonly refused: readonly components['schemas']['RefusedStray'][];
      /** @description present while some may be left: ask again with it */
      readonly cursor?: string;
    };
    readonly AdoptionRequest: {
      /** @description where the answer before stopped */
      readonly cursor?: string;
    };
    /** @description what words go through on their way into an index */
    readonly Analysis: {
      /** @enum {string} */
      readonly language: 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'sv' | 'ja' | 'zh' | 'th';
      /**
       * Format: int64
       * @description of the rules by which a text becomes words
       */
      readonly version: number;
      /** @description checksum of the lexicon; empty for a language without one */
      readonly lexicon: string;
    };
    readonly AskedImage:
      | components['schemas']['Image']
      | components['schemas']['ExpectedImage']
      | components['schemas']['UnknownImage']
      | components['schemas']['UnreadableImage'];
    /** @description a rectangle in pixels of the upright picture */
    readonly Box: {
      /** Format: double */
      readonly left: number;
      /** Format: double */
      readonly top: number;
      /** Format: double */
      readonly width: number;
      /** Format: double */
      readonly height: number;
    };
    readonly Checked: {
      /** Format: int64 */
      readonly glosses: number;
      /** Format: int64 */
      readonly candidates: number;
    };
    readonly Clause: {
      /** @enum {string} */
      readonly occur: 'should' | 'must' | 'not';
      /**
       * @description left out for a plain word
       * @enum {string}
       */
      readonly kind?: 'exact' | 'phrase' | 'prefix' | 'dates';
      readonly text: string;
      /**
       * Format: int64
       * @description where in the query it begins, in UTF-16 code units
       */
      readonly at: number;
      /** @description as they are looked up; those of a prefix and of dates come later */
      readonly terms: readonly string[];
      /** @description tag, caption, text, color, name, keyword, title, description, date, before, after, camera */
      readonly field?: string;
    };
    readonly DeletedImage: {
      readonly id: string;
      /**
       * @description unknown: there was no such image
       * @enum {string}
       */
      readonly status: 'removed' | 'unknown';
    };
    readonly DeletionAnswer: {
      readonly images: readonly components['schemas']['DeletedImage'][];
    };
    readonly DeletionProof: {
      /**
       * Format: int64
       * @description at least: what an attempt removed that failed is not counted
       */
      readonly removedItems: number;
      /**
       * Format: int64
       * @description at least
       */
      readonly removedObjects: number;
      /**
       * Format: int64
       * @description looked at by the last scan
       */
      readonly scannedItems: number;
      /**
       * Format: int64
       * @description of them the tenant’s: 0, since a deletion is proven by finding none
       */
      readonly found: number;
      /** Format: date-time */
      readonly provenAt: string;
      /** @description whether the scan came after all work under way had ended */
      readonly final: boolean;
    };
    /** @description either ids or names */
    readonly DeletionRequest: {
      readonly ids?: readonly string[];
      readonly names?: readonly string[];
    };
    readonly Difference: {
      /** @enum {string} */
      readonly what:
        | 'not_indexed'
        | 'other_state'
        | 'unreadable_record'
        | 'unreadable_gloss'
        | 'no_gloss'
        | 'no_original'
        | 'no_thumbnail'
        | 'no_record'
        | 'left_in_index'
        | 'corrupt'
        | 'unnamed'
        | 'totals'
        | 'other_language'
        | 'other_analyser';
      readonly image?: string;
      /** @description of the image, where its record says it */
      readonly name?: string;
      readonly segment?: string;
      readonly detail?: string;
    };
    /** @description words of an image: at least one text, tag or caption, or a gloss and none of these */
    readonly Document: {
      /** @description what the uploader calls the image, such as holiday/beach.jpg: no control characters, no part "." or "..", no "/" at the end */
      readonly id: string;
      readonly tags?: readonly string[];
      readonly captions?: readonly string[];
      readonly texts?: readonly string[];
      /** @description what the file of the picture says: date, camera, keywords, title */
      readonly file?: components['schemas']['GivenFile'];
      /** @description in place of all others */
      readonly gloss?: components['schemas']['GivenGloss'];
    };
    readonly DocumentsAnswer: {
      readonly images: readonly components['schemas']['AcceptedDocument'][];
    };
    readonly DocumentsRequest: {
      readonly documents: readonly components['schemas']['Document'][];
    };
    /** @description an estimate by a price table */
    readonly Dollars: {
      /** Format: double */
      readonly model: number;
      /** Format: double */
      readonly store: number;
      /** Format: double */
      readonly total: number;
    };
    readonly EditedImage:
      | components['schemas']['Image']
      | components['schemas']['UnknownImage']
      | components['schemas']['UnreadableImage']
      | components['schemas']['RefusedImage'];
    readonly ExpectedImage: {
      readonly id: string;
      readonly name: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'expected';
      /**
       * Format: int64
       * @description that are announced
       */
      readonly bytes: number;
      /**
       * Format: date-time
       * @description until then it is expected, and its room is kept; it ends by itself
       */
      readonly expiresAt: string;
    };
    readonly ExplainedTerm: {
      /** @description as it is indexed; "=person" is the class of persons */
      readonly term: string;
      /** Format: double */
      readonly score: number;
      /**
       * Format: double
       * @description 0 for a function word, which only orders what is reranked
       */
      readonly weight: number;
      /** Format: double */
      readonly idf: number;
      /**
       * Format: int64
       * @description images that have the term
       */
      readonly docFreq: number;
      /**
       * Format: int64
       * @description times that this image has it
       */
      readonly termFreq: number;
      /**
       * Format: double
       * @description what `termFreq` is multiplied with: 1 where texts say the term at their start, 0.125 where at their end, and a quarter of that in crops; absent with `plain`
       */
      readonly earliness?: number;
      /** @description what was typed, where the term stands for it */
      readonly via?: string;
      /**
       * Format: double
       * @description part of the score for standing close to its neighbours in the query
       */
      readonly together?: number;
      /**
       * Format: double
       * @description part of the score for the share of views that say it
       */
      readonly agreed?: number;
    };
    readonly Explanation: {
      readonly terms: readonly components['schemas']['ExplainedTerm'][];
      /**
       * Format: int64
       * @description terms of this image
       */
      readonly docLen: number;
      /** Format: double */
      readonly avgDocLen: number;
      /**
       * Format: int64
       * @description images of the index
       */
      readonly docCount: number;
      /** Format: double */
      readonly k1: number;
      /** Format: double */
      readonly b: number;
      readonly sameView?: components['schemas']['SameView'];
    };
    readonly ExportPage: {
      readonly documents: readonly components['schemas']['ExportedDocument'][];
      /** @description images of this page that are left out, since their record or words are damaged */
      readonly unreadable?: readonly string[];
      /** @description where the next page begins; absent on the last one */
      readonly cursor?: string;
    };
    /** @description as POST /v1/documents takes it */
    readonly ExportedDocument: {
      /** @description the name of the image */
      readonly id: string;
      readonly gloss: components['schemas']['Gloss'];
    };
    readonly Failure: {
      /** @description a stable word for programs */
      readonly code: string;
      /** @description for the person who uploaded it */
      readonly reason: string;
      /** @description whether the same file may succeed later */
      readonly retryable: boolean;
    };
    readonly FileHighlight: {
      /** @enum {string} */
      readonly field: 'name' | 'keyword' | 'title' | 'description';
      /**
       * Format: int64
       * @description which tag; 0 for the others
       */
      readonly index: number;
      /**
       * Format: int64
       * @description in UTF-16 code units
       */
      readonly start: number;
      /**
       * Format: int64
       * @description in UTF-16 code units, behind the word
       */
      readonly end: number;
    };
    readonly FileWords: {
      readonly name?: string;
      /** @description of the file, without those that people removed, and with those that they added */
      readonly keywords?: readonly string[];
      readonly title?: string;
      readonly description?: string;
      /** @description by the clock of the camera, without a time zone */
      readonly takenAt?: string;
      /** @description when it came, in UTC: a moment, or a day alone */
      readonly storedOn?: string;
      /** @description make and model */
      readonly camera?: string;
      /** @description where it was taken, in degrees; only where the tenant asks for it */
      readonly place?: components['schemas']['Place'];
    };
    readonly GivenBox: {
      /** Format: double */
      readonly left: number;
      /** Format: double */
      readonly top: number;
      /** Format: double */
      readonly width: number;
      /** Format: double */
      readonly height: number;
    };
    readonly GivenFile: {
      /** @description what the uploader calls the image, such as holiday/beach.jpg: no control characters, no part "." or "..", no "/" at the end */
      readonly name?: string;
      readonly keywords?: readonly string[];
      readonly title?: string;
      readonly description?: string;
      /** @description by the clock of the camera, as 2024-05-17T10:20:30 */
      readonly takenAt?: string;
      readonly storedOn?: string;
      readonly camera?: string;
      readonly place?: components['schemas']['GivenPlace'];
    };
    readonly GivenGloss: {
      readonly model: string;
      readonly promptVersion: string;
      readonly cropPolicy: string;
      readonly views: readonly components['schemas']['GivenView'][];
      readonly file?: components['schemas']['GivenFile'];
    };
    readonly GivenPlace: {
      /** Format: double */
      readonly latitude: number;
      /** Format: double */
      readonly longitude: number;
    };
    readonly GivenView: {
      /** Format: int64 */
      readonly index: number;
      /** @enum {string} */
      readonly kind: 'whole' | 'crop' | 'text';
      readonly box?: components['schemas']['GivenBox'];
      /** Format: int64 */
      readonly ask?: number;
      readonly tags: readonly string[];
      readonly caption: string;
      readonly visibleText: string;
    };
    readonly Gloss: {
      readonly model: string;
      readonly promptVersion: string;
      readonly cropPolicy: string;
      readonly views: readonly components['schemas']['View'][];
      /** @description what the file says of itself */
      readonly file?: components['schemas']['FileWords'];
    };
    readonly Health: {
      /** @constant */
      readonly status: 'ok';
    };
    readonly Highlight: {
      /** @enum {string} */
      readonly field: 'tag' | 'caption' | 'text';
      /**
       * Format: int64
       * @description which tag; 0 for the others
       */
      readonly index: number;
      /**
       * Format: int64
       * @description in UTF-16 code units
       */
      readonly start: number;
      /**
       * Format: int64
       * @description in UTF-16 code units, behind the word
       */
      readonly end: number;
    };
    readonly Hit: {
      readonly id: string;
      readonly name: string;
      /** Format: double */
      readonly score: number;
      /** @description whether it has all words of a query of two to four; those that have come first */
      readonly hasAll?: boolean;
      /** @description such as jpeg */
      readonly format?: string;
      /**
       * Format: int64
       * @description of the upright picture
       */
      readonly widthPx?: number;
      /**
       * Format: int64
       * @description of the upright picture
       */
      readonly heightPx?: number;
      /**
       * Format: uri
       * @description short-lived
       */
      readonly thumbnailUrl?: string;
      /** @description when it was taken, as 2024-05-17T10:20:30 by the clock of the camera; or when it came, in UTC */
      readonly date?: string;
      /** @description that hold words of the query, the most telling first, at most ten; the first crop of them has its address; the whole picture where its file alone has them */
      readonly views: readonly components['schemas']['HitView'][];
      /** @description where the name of the picture, or what people wrote into it, has words of the query */
      readonly file?: components['schemas']['HitFile'];
      /** @description with explain=true */
      readonly explanation?: components['schemas']['Explanation'];
      /**
       * @description views, words or terms are left out, so that the answer fits; the image has them whole
       * @constant
       */
      readonly cut?: true;
    };
    /** @description texts over 300 characters are cut; the image has them whole */
    readonly HitFile: {
      /** @description that matched, as they stand there */
      readonly words: readonly string[];
      readonly highlights: readonly components['schemas']['FileHighlight'][];
      /** @description of the file, without those that people removed, and with those that they added */
      readonly keywords?: readonly string[];
      readonly title?: string;
      readonly description?: string;
      /** @description by the clock of the camera, without a time zone */
      readonly takenAt?: string;
      /** @description when it came, in UTC: a moment, or a day alone */
      readonly storedOn?: string;
      /** @description make and model */
      readonly camera?: string;
      /** @description where it was taken, in degrees; only where the tenant asks for it */
      readonly place?: components['schemas']['Place'];
    };
    /** @description texts over 300 characters are cut; the image has them whole */
    readonly HitView: {
      /**
       * Format: int64
       * @description within the image; 0 is the whole picture
       */
      readonly index: number;
      /**
       * @description text: imported words, without a picture
       * @enum {string}
       */
      readonly kind: 'whole' | 'crop' | 'text';
      readonly box?: components['schemas']['Box'];
      /**
       * Format: int64
       * @description which ask about the view these words answer, from 2; absent: the first
       */
      readonly ask?: number;
      readonly tags: readonly string[];
      readonly caption: string;
      /** @description that can be read in the picture */
      readonly visibleText: string;
      /**
       * Format: uri
       * @description of a crop as the model was shown it; short-lived
       */
      readonly cropUrl?: string;
      /** @description that matched, as they stand in what was written about the view */
      readonly words: readonly string[];
      readonly highlights: readonly components['schemas']['Highlight'][];
    };
    readonly Image: {
      readonly id: string;
      readonly name: string;
      /**
       * @description waiting: it is described later by itself, and `waiting` says why; removed is told by POST /v1/images/status and the webhook alone (enum property replaced by openapi-typescript)
       * @enum {string}
       */
      readonly status: 'received' | 'waiting' | 'described' | 'searchable' | 'failed' | 'removed';
      /** @description of two states of an image the later one has the greater sequencer */
      readonly sequencer: string;
      readonly failure?: components['schemas']['Failure'];
      /** @description only of an image that is waiting */
      readonly waiting?: components['schemas']['Waiting'];
      /** Format: int64 */
      readonly bytes?: number;
      /** @description of the file; absent for imported words, and until it is known */
      readonly sha256?: string;
      /** @description such as jpeg */
      readonly format?: string;
      /**
       * Format: int64
       * @description of the upright picture
       */
      readonly widthPx?: number;
      /**
       * Format: int64
       * @description of the upright picture
       */
      readonly heightPx?: number;
      /** @description what of the picture was not read; absent where all of it was */
      readonly notes?: readonly components['schemas']['PictureNote'][];
      readonly figures?: components['schemas']['ImageFigures'];
      /** Format: date-time */
      readonly createdAt: string;
      /** Format: date-time */
      readonly updatedAt: string;
    };
    readonly ImageChangeRequest: {
      readonly keywords: components['schemas']['KeywordEdit'];
    };
    /** @description how long describing a picture took and what it cost */
    readonly ImageFigures: {
      /** Format: double */
      readonly decodeMs: number;
      /** Format: double */
      readonly modelMs: number;
      /** Format: int64 */
      readonly views: number;
      /** Format: int64 */
      readonly inputTokens: number;
      /** Format: int64 */
      readonly outputTokens: number;
    };
    readonly ImageMessage: {
      /** @enum {string} */
      readonly type:
        | 'image.received'
        | 'image.waiting'
        | 'image.described'
        | 'image.searchable'
        | 'image.failed'
        | 'image.removed';
      /** Format: date-time */
      readonly timestamp: string;
      readonly data: components['schemas']['ImageState'];
    };
    readonly ImageState: {
      readonly id: string;
      readonly name: string;
      /**
       * @description waiting: it is described later by itself, and `waiting` says why; removed is told by POST /v1/images/status and the webhook alone
       * @enum {string}
       */
      readonly status: 'received' | 'waiting' | 'described' | 'searchable' | 'failed' | 'removed';
      /** @description of two states of an image the later one has the greater sequencer */
      readonly sequencer: string;
      readonly failure?: components['schemas']['Failure'];
      readonly waiting?: components['schemas']['Waiting'];
    };
    readonly ImagesPage: {
      /** @description none where expected ones were asked for */
      readonly images: readonly components['schemas']['Image'][];
      /** @description those that were invited and are not there; only for status=expected */
      readonly expected?: readonly components['schemas']['ExpectedImage'][];
      /** @description where the next page begins; absent on the last one */
      readonly cursor?: string;
    };
    readonly InIndex: {
      /** @description of the index, which has it until a merge */
      readonly segment: string;
      /**
       * Format: int64
       * @description its number there
       */
      readonly document: number;
      /** @description whether they are the words of the present state; otherwise searches find those of a state before */
      readonly isCurrent: boolean;
    };
    readonly IndexCheckPage: {
      readonly differences: readonly components['schemas']['Difference'][];
      /**
       * Format: int64
       * @description records looked at for this page
       */
      readonly images: number;
      /**
       * Format: int64
       * @description documents of the index looked at for this page
       */
      readonly documents: number;
      /**
       * Format: int64
       * @description segments that were replaced and are dropped within 25 minutes; no differences
       */
      readonly waiting: number;
      /** @description where the next page begins; absent on the last one */
      readonly cursor?: string;
    };
    readonly Key: {
      /** @description of an API key */
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly ('search' | 'upload' | 'delete' | 'admin')[];
      /** Format: date-time */
      readonly createdAt: string;
      /**
       * Format: date-time
       * @description absent: never
       */
      readonly expiresAt?: string;
      /**
       * Format: date-time
       * @description to the minute; absent before the first use
       */
      readonly lastUsedAt?: string;
    };
    readonly KeyRequest: {
      /**
       * @description what the key is for, shown in lists; absent: none
       * @default
       */
      readonly name?: string;
      /**
       * @description what the key may do; absent: everything
       * @default [
       *       "search",
       *       "upload",
       *       "delete",
       *       "admin"
       *     ]
       */
      readonly scopes?: readonly ('search' | 'upload' | 'delete' | 'admin')[];
      /**
       * Format: int64
       * @description absent: the key never expires
       */
      readonly expiresInSec?: number;
    };
    readonly KeyRotationRequest: {
      /**
       * Format: int64
       * @description how long the old one stays valid
       * @default 86400
       */
      readonly overlapSec?: number;
      /**
       * Format: int64
       * @description absent: as long as the old one was made for
       */
      readonly expiresInSec?: number;
    };
    readonly KeysAnswer: {
      readonly keys: readonly components['schemas']['Key'][];
    };
    /** @description at least one word to add or to remove */
    readonly KeywordEdit: {
      /**
       * @description become keywords, as those of a file; capitals make no other word
       * @default []
       */
      readonly add?: readonly string[];
      /**
       * @description keywords and tags that go and stay away, whatever the model says later
       * @default []
       */
      readonly remove?: readonly string[];
    };
    readonly KeywordsAnswer: {
      readonly images: readonly components['schemas']['EditedImage'][];
    };
    /** @description either ids or names, and the edit of all of them */
    readonly KeywordsRequest: {
      readonly ids?: readonly string[];
      readonly names?: readonly string[];
      readonly keywords: components['schemas']['KeywordEdit'];
    };
    readonly LimitsChange: {
      /** Format: double */
      readonly requestsPerSec?: number;
      /** Format: int64 */
      readonly burst?: number;
      /** Format: int64 */
      readonly images?: number;
      /** Format: int64 */
      readonly bytes?: number;
      /** Format: double */
      readonly modelUsdPerMonth?: number;
    };
    /** @description whose a credential is and what it may do */
    readonly Me: {
      readonly tenant: string;
      readonly scopes: readonly ('search' | 'upload' | 'delete' | 'admin')[];
      /** @description of an API key; absent for a token */
      readonly keyId?: string;
    };
    readonly Mistake: {
      readonly field: string;
      readonly detail: string;
    };
    readonly NewKey: {
      /** @description shown this once */
      readonly key: string;
      /** @description of an API key */
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly ('search' | 'upload' | 'delete' | 'admin')[];
      /** Format: date-time */
      readonly createdAt: string;
      /**
       * Format: date-time
       * @description absent: never
       */
      readonly expiresAt?: string;
    };
    /** @description what of a picture was not read */
    readonly PictureNote: {
      /** @description a stable word for programs */
      readonly code: string;
      readonly text: string;
    };
    readonly Place: {
      /** Format: double */
      readonly latitude: number;
      /** Format: double */
      readonly longitude: number;
    };
    /** @description Problem details, RFC 9457 */
    readonly Problem: {
      /** @constant */
      readonly type: 'about:blank';
      readonly title: string;
      /** Format: int64 */
      readonly status: number;
      /** @description a stable word for programs */
      readonly code: string;
      /** @description what is wrong and what to do, for people */
      readonly detail: string;
      /** @description the field that is wrong, such as documents[3].id */
      readonly field?: string;
      /**
       * Format: int64
       * @description of a query: where the mistake begins, in UTF-16 code units
       */
      readonly at?: number;
      /** @description where several fields are wrong: all of them, the first of which is field; 20 at most */
      readonly mistakes?: readonly components['schemas']['Mistake'][];
      /**
       * Format: int64
       * @description of a query: how long the mistake is, in UTF-16 code units
       */
      readonly length?: number;
    };
    readonly QueryNote: {
      /**
       * @description left out: a function word, a frame such as "a photo of", punctuation; kept: a word, an unknown field, what is no date behind a field of dates; what is asked not to be there
       * @enum {string}
       */
      readonly as:
        | 'function word'
        | 'frame'
        | 'punctuation'
        | 'word'
        | 'unknown field'
        | 'no date'
        | 'frequent words'
        | 'absence';
      /** @description as typed */
      readonly text: string;
      /**
       * Format: int64
       * @description where in the query it begins, in UTF-16 code units
       */
      readonly at: number;
    };
    readonly Rebuild: {
      readonly id: string;
      /** Format: date-time */
      readonly startedAt: string;
      /**
       * Format: int64
       * @description images seen so far
       */
      readonly done: number;
      /**
       * Format: int64
       * @description images that there were at its start
       */
      readonly total: number;
    };
    readonly RefusedImage: {
      readonly id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'refused';
      readonly code: string;
      readonly reason: string;
    };
    readonly RefusedStray: {
      readonly name: string;
      /**
       * @description the tenant has an image of that name; it was deleted; it has too many bytes; it is above the quota
       * @enum {string}
       */
      readonly code: 'own_image' | 'deleted' | 'too_large' | 'quota';
    };
    readonly RefusedUpload: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'refused';
      readonly name: string;
      /** @description of the file that is wrong, such as contentType */
      readonly field?: string;
      readonly failure: components['schemas']['Failure'];
    };
    /** @description words to narrow by, counted among the best candidates */
    readonly Related: {
      readonly words: readonly components['schemas']['RelatedWord'][];
      /** Format: int64 */
      readonly candidates: number;
    };
    readonly RelatedWord: {
      readonly word: string;
      /** Format: int64 */
      readonly count: number;
      /** @description of the index that the word stands for */
      readonly term: string;
    };
    /** @description for files that the tenant was invited to upload */
    readonly ReservedRoom: {
      /** Format: int64 */
      readonly images: number;
      /** Format: int64 */
      readonly bytes: number;
    };
    readonly RetryAnswer: {
      readonly id: string;
      /** @description of the state that failed; the one that comes has a greater one */
      readonly sequencer: string;
    };
    readonly RotatedKey: {
      /** @description shown this once */
      readonly key: string;
      /** @description of an API key */
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly ('search' | 'upload' | 'delete' | 'admin')[];
      /** Format: date-time */
      readonly createdAt: string;
      /**
       * Format: date-time
       * @description absent: never
       */
      readonly expiresAt?: string;
      readonly previous: components['schemas']['Key'];
    };
    /** @description the view in which words of the query stand close together and in its order, and what that adds */
    readonly SameView: {
      /** Format: int64 */
      readonly viewIndex: number;
      readonly terms: readonly string[];
      /** Format: double */
      readonly score: number;
    };
    readonly SearchAnswer: {
      /** @description as it was understood */
      readonly query: components['schemas']['UnderstoodQuery'];
      /**
       * Format: int64
       * @description how many images match; totalIs says how exactly
       */
      readonly total: number;
      /** @enum {string} */
      readonly totalIs: 'exact' | 'at least' | 'at most';
      /** @description for a query of two to four words: how many of the images have all of them */
      readonly withAll?: components['schemas']['WithAll'];
      /** @description those with all words first, and of each the best first, or as sort asks */
      readonly hits: readonly components['schemas']['Hit'][];
      /** @description of the next page of the same query; absent on the last. A page may have fewer hits than wanted, or none */
      readonly cursor?: string;
      /** @description where only glosses decide and not all were looked at: of how many candidates how many were */
      readonly checked?: components['schemas']['Checked'];
      /** @description with likely=true: images without the words whose glosses speak of what goes with them */
      readonly likely?: readonly components['schemas']['Hit'][];
      /** @description with related=true */
      readonly related?: components['schemas']['Related'];
      /** @description when nothing matches and a word is like one that images have */
      readonly didYouMean?: readonly components['schemas']['Suggestion'][];
      /** @description present where some images may be missed until the operator has the index made again */
      readonly index?: components['schemas']['SearchedIndex'];
      readonly figures: components['schemas']['SearchFigures'];
    };
    /** @description what the search cost */
    readonly SearchFigures: {
      /**
       * Format: int64
       * @description images of the index
       */
      readonly docCount: number;
      /** Format: int64 */
      readonly segments: number;
      /**
       * Format: int64
       * @description that were read
       */
      readonly postings: number;
      /** Format: double */
      readonly evaluateMs: number;
      /** Format: double */
      readonly totalMs: number;
    };
    readonly SearchedIndex: {
      /**
       * @description its words were analysed in another way than the query
       * @constant
       */
      readonly stale: true;
    };
    readonly SecretRotationRequest: {
      /**
       * Format: int64
       * @description how long the old one stays valid
       * @default 86400
       */
      readonly overlapSec?: number;
    };
    readonly SettingsChange: {
      /** @enum {string} */
      readonly cropPolicy?: 'none' | 'grid-2x2' | 'grid-3x3' | 'grid-2x2-center' | 'adaptive';
      /**
       * Format: int64
       * @description how often the model is asked about a whole picture, each time in other words; 1 when never set; 2 costs one more call a picture
       */
      readonly asks?: number;
      readonly model?: string;
      /** @enum {string} */
      readonly language?: 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'sv' | 'ja' | 'zh' | 'th';
      /**
       * Format: int64
       * @description null keeps images for ever
       */
      readonly retentionDays?: number | null;
      /** @description whether to keep where pictures were taken; false when never set */
      readonly readsPlace?: boolean;
      /** @description origins whose pages may read answers (CORS), such as https://shop.example; takes the place of those before */
      readonly origins?: readonly string[];
      readonly limits?: components['schemas']['LimitsChange'];
    };
    readonly ShownGloss: {
      readonly model: string;
      readonly promptVersion: string;
      readonly cropPolicy: string;
      readonly views: readonly components['schemas']['ShownView'][];
      readonly file?: components['schemas']['WrittenInFile'];
    };
    readonly ShownImage: {
      readonly id: string;
      readonly name: string;
      /**
       * @description waiting: it is described later by itself, and `waiting` says why; removed is told by POST /v1/images/status and the webhook alone
       * @enum {string}
       */
      readonly status: 'received' | 'waiting' | 'described' | 'searchable' | 'failed' | 'removed';
      /** @description of two states of an image the later one has the greater sequencer */
      readonly sequencer: string;
      readonly failure?: components['schemas']['Failure'];
      /** @description only of an image that is waiting */
      readonly waiting?: components['schemas']['Waiting'];
      /** Format: int64 */
      readonly bytes?: number;
      /** @description of the file; absent for imported words, and until it is known */
      readonly sha256?: string;
      /** @description such as jpeg */
      readonly format?: string;
      /**
       * Format: int64
       * @description of the upright picture
       */
      readonly widthPx?: number;
      /**
       * Format: int64
       * @description of the upright picture
       */
      readonly heightPx?: number;
      /** @description what of the picture was not read; absent where all of it was */
      readonly notes?: readonly components['schemas']['PictureNote'][];
      readonly figures?: components['schemas']['ImageFigures'];
      /** Format: date-time */
      readonly createdAt: string;
      /** Format: date-time */
      readonly updatedAt: string;
      /**
       * @description upload: a model describes it; import: its words came ready-made
       * @enum {string}
       */
      readonly source: 'upload' | 'import';
      /**
       * Format: date-time
       * @description when the picture, or the words, that are there now came; absent where that is not known
       */
      readonly arrivedAt?: string;
      /**
       * Format: uri
       * @description of the original, shown as the type that it was decoded as, otherwise a file to save; short-lived; absent for a failed image
       */
      readonly url?: string;
      /**
       * Format: uri
       * @description short-lived
       */
      readonly thumbnailUrl?: string;
      readonly gloss?: components['schemas']['ShownGloss'];
      /** @description only where it was asked for by index=true; absent where no words of it are in the index */
      readonly inIndex?: components['schemas']['InIndex'];
      /** @description keywords and tags of the gloss have them; absent where there are none */
      readonly changes?: components['schemas']['WordChanges'];
    };
    readonly ShownView: {
      /**
       * Format: int64
       * @description within the image; 0 is the whole picture
       */
      readonly index: number;
      /**
       * @description text: imported words, without a picture
       * @enum {string}
       */
      readonly kind: 'whole' | 'crop' | 'text';
      readonly box?: components['schemas']['Box'];
      /**
       * Format: int64
       * @description which ask about the view these words answer, from 2; absent: the first
       */
      readonly ask?: number;
      readonly tags: readonly string[];
      readonly caption: string;
      /** @description that can be read in the picture */
      readonly visibleText: string;
      /**
       * Format: uri
       * @description of a crop as the model was shown it; short-lived
       */
      readonly cropUrl?: string;
    };
    /** @description other content is there under this name */
    readonly SkippedUpload: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'skipped';
      readonly name: string;
      readonly id: string;
    };
    readonly StatusAnswer: {
      readonly images: readonly components['schemas']['AskedImage'][];
    };
    /** @description either ids or names */
    readonly StatusRequest: {
      readonly ids?: readonly string[];
      readonly names?: readonly string[];
    };
    readonly Stored: {
      /** Format: int64 */
      readonly images: number;
      /** Format: int64 */
      readonly bytes: number;
    };
    readonly Stray: {
      readonly name: string;
      /** Format: int64 */
      readonly bytes: number;
      /** Format: date-time */
      readonly storedAt: string;
      /**
       * Format: date-time
       * @description it is removed from then on
       */
      readonly expiresAt: string;
    };
    readonly StrayNamesPage: {
      /** @description names under which there are or were strays */
      readonly tenants: readonly string[];
      /** @description where the next page begins; absent on the last one */
      readonly cursor?: string;
    };
    readonly StraysPage: {
      readonly strays: readonly components['schemas']['Stray'][];
      /** @description where the next page begins; absent on the last one */
      readonly cursor?: string;
    };
    readonly Suggestion: {
      /**
       * Format: int64
       * @description where in the query the misspelt word begins, in UTF-16 code units
       */
      readonly at: number;
      /** @description the misspelt word */
      readonly text: string;
      readonly words: readonly components['schemas']['WordCount'][];
    };
    readonly TenantAccount: {
      readonly tenant: string;
      /** @enum {string} */
      readonly status: 'active' | 'suspended' | 'deleting' | 'deleted';
      readonly settings: components['schemas']['TenantSettings'];
      /** Format: date-time */
      readonly createdAt: string;
      /** Format: date-time */
      readonly updatedAt: string;
      readonly deletion?: components['schemas']['DeletionProof'];
    };
    /** @description status, settings or both */
    readonly TenantChange: {
      /** @enum {string} */
      readonly status?: 'active' | 'suspended';
      readonly settings?: components['schemas']['SettingsChange'];
    };
    readonly TenantIndex: {
      readonly tenant: string;
      /**
       * Format: int64
       * @description that are searched
       */
      readonly documents: number;
      /** Format: int64 */
      readonly segments: number;
      /** @description whether its words were analysed in another way than queries are now */
      readonly stale: boolean;
      /** @description of its words; absent where it was not written down yet */
      readonly analysis?: components['schemas']['Analysis'];
      /** @description of queries, and of an index that is made now */
      readonly current: components['schemas']['Analysis'];
      /** @description of the index that is being made to take the place of this one */
      readonly rebuild?: components['schemas']['Rebuild'];
      /** @description id of the last rebuild that was finished */
      readonly rebuilt?: string;
      /**
       * Format: int64
       * @description images that are not in it, since their record or words are lost or damaged: a check names them
       */
      readonly leftOut?: number;
    };
    readonly TenantLimits: {
      /** Format: double */
      readonly requestsPerSec: number;
      /** Format: int64 */
      readonly burst: number;
      /** Format: int64 */
      readonly images: number;
      /** Format: int64 */
      readonly bytes: number;
      /** Format: double */
      readonly modelUsdPerMonth: number;
    };
    readonly TenantRequest: {
      readonly tenant: string;
      readonly settings?: components['schemas']['SettingsChange'];
    };
    readonly TenantSettings: {
      /**
       * @description absent: as the deployment has it
       * @enum {string}
       */
      readonly cropPolicy?: 'none' | 'grid-2x2' | 'grid-3x3' | 'grid-2x2-center' | 'adaptive';
      /**
       * Format: int64
       * @description about a whole picture; absent: 1
       */
      readonly asks?: number;
      /** @description absent: as the deployment has it */
      readonly model?: string;
      /** @enum {string} */
      readonly language: 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'sv' | 'ja' | 'zh' | 'th';
      readonly webhookUrl?: string | null;
      /**
       * Format: int64
       * @description absent or null: images are kept for ever
       */
      readonly retentionDays?: number | null;
      /** @description absent or false: it is not kept where pictures were taken */
      readonly readsPlace?: boolean;
      /** @description whose pages may read answers (CORS); absent: none */
      readonly origins?: readonly string[];
      readonly limits: components['schemas']['TenantLimits'];
    };
    readonly TenantUsagePage: {
      /** Format: date */
      readonly from: string;
      /** Format: date */
      readonly to: string;
      /** @enum {string} */
      readonly by: 'day' | 'month';
      readonly tenants: readonly components['schemas']['UsedByTenant'][];
      /** @description where the next page begins; absent on the last one */
      readonly cursor?: string;
    };
    readonly TenantsPage: {
      readonly tenants: readonly components['schemas']['TenantAccount'][];
      /** @description where the next page begins; absent on the last one */
      readonly cursor?: string;
    };
    readonly TestMessage: {
      /** @constant */
      readonly type: 'webhook.test';
      /** Format: date-time */
      readonly timestamp: string;
      readonly data: Record<string, never>;
    };
    readonly UnchangedUpload: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'unchanged';
      /** @description under which this content is there */
      readonly name: string;
      readonly id: string;
      /** @description present where its record or its words were lost: of the state that comes */
      readonly describedAgain?: string;
    };
    readonly UnderstoodQuery: {
      readonly text: string;
      readonly clauses: readonly components['schemas']['Clause'][];
      /** @description pieces that were left out, or read in another way than they look */
      readonly readAs?: readonly components['schemas']['QueryNote'][];
      /** @description where words are asked not to be there: the query that excludes pictures that have them */
      readonly withoutAbsent?: string;
    };
    readonly UnknownImage: {
      readonly id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'unknown';
    };
    readonly UnreadableImage: {
      readonly id: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      readonly status: 'unreadable';
    };
    readonly Upload:
      | components['schemas']['AcceptedUpload']
      | components['schemas']['UnchangedUpload']
      | components['schemas']['SkippedUpload']
      | components['schemas']['RefusedUpload'];
    readonly UploadFile: {
      /** @description what the uploader calls the image, such as holiday/beach.jpg: no control characters, no part "." or "..", no "/" at the end */
      readonly name: string;
      /** Format: int64 */
      readonly bytes: number;
      /** @description one of image/jpeg, image/png, image/webp, image/gif, image/avif, image/tiff, image/bmp, image/heic, image/jxl, image/x-adobe-dng, image/x-canon-cr2, image/x-nikon-nef, image/x-sony-arw; others are refused */
      readonly contentType: string;
      /** @description of the file: no other content is taken then, and what is there already is not asked for again */
      readonly sha256?: string;
    };
    readonly UploadsAnswer: {
      readonly uploads: readonly components['schemas']['Upload'][];
    };
    readonly UploadsRequest: {
      readonly files: readonly components['schemas']['UploadFile'][];
      /**
       * @description what becomes of a file whose name is taken by other content: keep-both sends it under a name with a number, replace takes the name, skip leaves it
       * @default replace
       * @enum {string}
       */
      readonly onExisting?: 'keep-both' | 'replace' | 'skip';
    };
    readonly UsageAnswer: {
      /** Format: date */
      readonly from: string;
      /** Format: date */
      readonly to: string;
      /** @description that have something, in order */
      readonly days: readonly components['schemas']['UsedOfDay'][];
      readonly total: components['schemas']['Used'];
      readonly stored: components['schemas']['Stored'];
      readonly reserved: components['schemas']['ReservedRoom'];
      readonly limits: components['schemas']['TenantLimits'];
    };
    readonly Used: {
      /**
       * Format: int64
       * @description pictures described
       */
      readonly images: number;
      /**
       * Format: int64
       * @description answers of the model about views
       */
      readonly views: number;
      /** Format: int64 */
      readonly inputTokens: number;
      /** Format: int64 */
      readonly outputTokens: number;
      /** Format: double */
      readonly readUnits: number;
      /** Format: double */
      readonly writeUnits: number;
      readonly usd: components['schemas']['Dollars'];
    };
    readonly UsedByTenant: {
      readonly tenant: string;
      /** @enum {string} */
      readonly status: 'active' | 'suspended' | 'deleting' | 'deleted';
      readonly periods: readonly components['schemas']['UsedOfPeriod'][];
      readonly total: components['schemas']['Used'];
    };
    readonly UsedOfDay: {
      /** Format: date */
      readonly day: string;
      /**
       * Format: int64
       * @description pictures described
       */
      readonly images: number;
      /**
       * Format: int64
       * @description answers of the model about views
       */
      readonly views: number;
      /** Format: int64 */
      readonly inputTokens: number;
      /** Format: int64 */
      readonly outputTokens: number;
      /** Format: double */
      readonly readUnits: number;
      /** Format: double */
      readonly writeUnits: number;
      readonly usd: components['schemas']['Dollars'];
    };
    readonly UsedOfPeriod: {
      /** @description 2026-11-24 or 2026-11 */
      readonly period: string;
      /**
       * Format: int64
       * @description pictures described
       */
      readonly images: number;
      /**
       * Format: int64
       * @description answers of the model about views
       */
      readonly views: number;
      /** Format: int64 */
      readonly inputTokens: number;
      /** Format: int64 */
      readonly outputTokens: number;
      /** Format: double */
      readonly readUnits: number;
      /** Format: double */
      readonly writeUnits: number;
      readonly usd: components['schemas']['Dollars'];
    };
    readonly View: {
      /**
       * Format: int64
       * @description within the image; 0 is the whole picture
       */
      readonly index: number;
      /**
       * @description text: imported words, without a picture
       * @enum {string}
       */
      readonly kind: 'whole' | 'crop' | 'text';
      readonly box?: components['schemas']['Box'];
      /**
       * Format: int64
       * @description which ask about the view these words answer, from 2; absent: the first
       */
      readonly ask?: number;
      readonly tags: readonly string[];
      readonly caption: string;
      /** @description that can be read in the picture */
      readonly visibleText: string;
    };
    readonly Waiting: {
      /**
       * @description a stable word for programs
       * @enum {string}
       */
      readonly code: 'budget_used_up' | 'model_throttled' | 'model_quota' | 'model_unavailable';
      /** @description for the person who uploaded it */
      readonly reason: string;
      /** Format: date-time */
      readonly since: string;
      /**
       * Format: date-time
       * @description when it is tried again at the latest; sooner where what it waits for is there, as when a budget is raised
       */
      readonly until: string;
    };
    readonly Webhook: {
      /** @description null: nobody is told */
      readonly url: string | null;
      /** @description signs what is told: `whsec_` and the key in base64, as Standard Webhooks libraries take it */
      readonly secret: string;
      /**
       * Format: date-time
       * @description until then messages are signed with the secret before, too
       */
      readonly oldSecretEndsAt?: string;
    };
    readonly WebhookRequest: {
      /**
       * Format: uri
       * @description null: tell nobody
       */
      readonly url: string | null;
    };
    readonly WebhookTest: {
      readonly delivered: boolean;
      /** @description why it was not delivered */
      readonly reason?: string;
    };
    readonly WithAll: {
      /** Format: int64 */
      readonly total: number;
      /** @enum {string} */
      readonly totalIs: 'exact' | 'at least' | 'at most';
    };
    /** @description what people changed of the words of an image */
    readonly WordChanges: {
      /** @description keywords of people */
      readonly added: readonly string[];
      /** @description of file and model, in neither keywords nor tags any more */
      readonly removed: readonly string[];
    };
    readonly WordCount: {
      readonly word: string;
      /** Format: int64 */
      readonly count: number;
    };
    readonly WordsAnswer: {
      readonly words: readonly components['schemas']['WordCount'][];
    };
    /** @description what is known of the file: IPTC, XMP, EXIF, and when it came */
    readonly WrittenInFile: {
      /** @description of the file, without those that people removed, and with those that they added */
      readonly keywords?: readonly string[];
      readonly title?: string;
      readonly description?: string;
      /** @description by the clock of the camera, without a time zone */
      readonly takenAt?: string;
      /** @description when it came, in UTC: a moment, or a day alone */
      readonly storedOn?: string;
      /** @description make and model */
      readonly camera?: string;
      /** @description where it was taken, in degrees; only where the tenant asks for it */
      readonly place?: components['schemas']['Place'];
    };
  };
  responses: {
    /** @description a field is missing, unknown or wrong; the problem names it */
    readonly BadRequest: {
      headers: {
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description no credential, or one that opens nothing */
    readonly Unauthorized: {
      headers: {
        readonly 'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description the credential lacks the scope, or the tenant is suspended */
    readonly Forbidden: {
      headers: {
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description there is no such thing */
    readonly NotFound: {
      headers: {
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description not as things stand now, or the first request with the Idempotency-Key is under way */
    readonly Conflict: {
      headers: {
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description the snapshot that the cursor names is gone: search again without it */
    readonly Gone: {
      headers: {
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description the body has more than 1 MB, or a document more words than an image may have */
    readonly ContentTooLarge: {
      headers: {
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description too many requests, or a limit is used up; Retry-After says when to come again */
    readonly TooManyRequests: {
      headers: {
        readonly 'Retry-After': components['headers']['Retry-After'];
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description a fault of the service */
    readonly InternalError: {
      headers: {
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description busy; Retry-After says when to come again */
    readonly Unavailable: {
      headers: {
        readonly 'Retry-After': components['headers']['Retry-After'];
        readonly RateLimit: components['headers']['RateLimit'];
        readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description tokens left in the tenant’s bucket, and seconds until it is full */
    readonly RateLimit: string;
    /** @description tokens of the tenant’s full bucket, and seconds in which it fills */
    readonly 'RateLimit-Policy': string;
    /** @description seconds after which to come again */
    readonly 'Retry-After': number;
    readonly 'WWW-Authenticate': string;
    /** @description the answer is that of the first request with this Idempotency-Key; nothing was done again */
    readonly 'Idempotency-Replayed': 'true';
  };
  pathItems: never;
}
export interface operations {
  readonly health: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description it does */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Health'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 500: components['responses']['InternalError'];
    };
  };
  readonly search: {
    readonly parameters: {
      readonly query: {
        /** @description words to search for: +must -not "a phrase" AND OR NOT tag:x name:x keyword:x title:x description:x date:2024-05 before:2024 after:2023 camera:x sky* */
        readonly q: string;
        /** @description how many a page has at most */
        readonly limit?: number;
        /** @description whether hits say how their scores come about */
        readonly explain?: boolean;
        /** @description whether to add images without the words that speak of what goes with them */
        readonly likely?: boolean;
        /** @description whether to add words that would split the answer */
        readonly related?: boolean;
        /** @description whether the text is words and nothing else, without syntax and synonyms */
        readonly plain?: boolean;
        /** @description best first, or by when the pictures were taken or came; those with all words are first in each */
        readonly sort?: 'best' | 'newest' | 'oldest';
        /** @description of the page before; the first page has none */
        readonly cursor?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description hits; none when nothing matches */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SearchAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 410: components['responses']['Gone'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly completeWord: {
    readonly parameters: {
      readonly query: {
        /** @description letters that the words begin with */
        readonly prefix: string;
        /** @description how many a page has at most */
        readonly limit?: number;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description words; none when nothing begins so */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['WordsAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly createUploads: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['UploadsRequest'];
      };
    };
    readonly responses: {
      /** @description for each file, in order, an address (accepted) or why it cannot be taken (refused) */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['UploadsAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly importDocuments: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['DocumentsRequest'];
      };
    };
    readonly responses: {
      /** @description taken; searchable some seconds later */
      readonly 202: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DocumentsAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly listImages: {
    readonly parameters: {
      readonly query?: {
        /** @description how many a page has at most */
        readonly limit?: number;
        /** @description of the page before; the first page has none */
        readonly cursor?: string;
        /** @description those alone that stand so: a page may have fewer than limit, also none, and a cursor; expected are those that were invited and are not there */
        readonly status?: 'expected' | 'received' | 'waiting' | 'described' | 'searchable' | 'failed';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description a page; no cursor on the last one */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ImagesPage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly askStatus: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['StatusRequest'];
      };
    };
    readonly responses: {
      /** @description expected for those that were invited and are not there yet; unknown for those that do not exist; unreadable for those whose record is damaged */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['StatusAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly deleteImages: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['DeletionRequest'];
      };
    };
    readonly responses: {
      /** @description in the order asked; unknown for those that do not exist */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DeletionAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly editKeywords: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['KeywordsRequest'];
      };
    };
    readonly responses: {
      /** @description in the order asked, as the images stand now; each is found by its new words once it is searchable again. unknown for those that do not exist; unreadable for those whose record is damaged; refused for those that would have too many words */
      readonly 202: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['KeywordsAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly showImage: {
    readonly parameters: {
      readonly query?: {
        /** @description true: also says where its words are in the index (`inIndex`), which reads a few items more */
        readonly index?: boolean;
      };
      readonly header?: never;
      readonly path: {
        /** @description of the image */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description the image */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ShownImage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly deleteImage: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description of the image */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description removed */
      readonly 204: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly changeImage: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description of the image */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['ImageChangeRequest'];
      };
    };
    readonly responses: {
      /** @description how the image stands now; it is found by its new words once it is searchable again */
      readonly 202: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Image'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly retryImage: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description of the image */
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description it will be */
      readonly 202: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['RetryAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly exportDocuments: {
    readonly parameters: {
      readonly query?: {
        /** @description how many a page has at most */
        readonly limit?: number;
        /** @description of the page before; the first page has none */
        readonly cursor?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description a page; no cursor on the last one */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ExportPage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly showUsage: {
    readonly parameters: {
      readonly query?: {
        /** @description the first day; absent: the first of this month */
        readonly from?: string;
        /** @description the last day; absent: the last of this month */
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description the current month unless days are named */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['UsageAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly showWebhook: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description null where nobody is told */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Webhook'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly setWebhook: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['WebhookRequest'];
      };
    };
    readonly responses: {
      /** @description as it is now */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Webhook'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly rotateWebhookSecret: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['SecretRotationRequest'];
      };
    };
    readonly responses: {
      /** @description the new secret */
      readonly 201: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Webhook'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly testWebhook: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description taken, or why not */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['WebhookTest'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly showMe: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description the tenant and the scopes */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Me'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly listKeys: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description all keys */
      readonly 200: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['KeysAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly createKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['KeyRequest'];
      };
    };
    readonly responses: {
      /** @description the key */
      readonly 201: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['NewKey'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly rotateKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description of an API key */
        readonly keyId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['KeyRotationRequest'];
      };
    };
    readonly responses: {
      /** @description the new key */
      readonly 201: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['RotatedKey'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly revokeKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description of an API key */
        readonly keyId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description it opens nothing any more */
      readonly 204: {
        headers: {
          readonly RateLimit: components['headers']['RateLimit'];
          readonly 'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly listTenants: {
    readonly parameters: {
      readonly query?: {
        /** @description how many a page has at most */
        readonly limit?: number;
        /** @description the last name of the page before; the first page has none */
        readonly cursor?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description a page; no cursor on the last one */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantsPage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly createTenant: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['TenantRequest'];
      };
    };
    readonly responses: {
      /** @description the tenant */
      readonly 201: {
        headers: {
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantAccount'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly showTenant: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description the tenant */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantAccount'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly deleteTenant: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description under way; ask again for the proof */
      readonly 202: {
        headers: {
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantAccount'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly changeTenant: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['TenantChange'];
      };
    };
    readonly responses: {
      /** @description the tenant */
      readonly 200: {
        headers: {
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantAccount'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly listTenantUsage: {
    readonly parameters: {
      readonly query?: {
        /** @description the first day; absent: the first of this month */
        readonly from?: string;
        /** @description the last day; absent: the last of this month */
        readonly to?: string;
        /** @description whether sums are of days or of months */
        readonly by?: 'day' | 'month';
        /** @description this one alone, which is all of the answer; absent: all tenants */
        readonly tenant?: string;
        /** @description how many a page has at most */
        readonly limit?: number;
        /** @description the last name of the page before; the first page has none */
        readonly cursor?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description a page of tenants; no cursor on the last one */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantUsagePage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly listTenantKeys: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description all keys */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['KeysAnswer'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly createTenantKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['KeyRequest'];
      };
    };
    readonly responses: {
      /** @description the key */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['NewKey'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly rotateTenantKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
        /** @description of an API key */
        readonly keyId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['KeyRotationRequest'];
      };
    };
    readonly responses: {
      /** @description the new key */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['RotatedKey'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly revokeTenantKey: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
        /** @description of an API key */
        readonly keyId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description it opens nothing any more */
      readonly 204: {
        headers: {
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly showIndex: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description the index */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantIndex'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly rebuildIndex: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description under way; searches go on in the index that is there */
      readonly 202: {
        headers: {
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TenantIndex'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly checkIndex: {
    readonly parameters: {
      readonly query?: {
        /** @description of the page before; the first page has none */
        readonly cursor?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description the name of the tenant */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description what was found; no cursor when all was looked at */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['IndexCheckPage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly listStrayNames: {
    readonly parameters: {
      readonly query?: {
        /** @description how many a page has at most */
        readonly limit?: number;
        /** @description the last name of the page before; the first page has none */
        readonly cursor?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description a page of names */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['StrayNamesPage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly listStrays: {
    readonly parameters: {
      readonly query?: {
        /** @description how many a page has at most */
        readonly limit?: number;
        /** @description the last name of the page before */
        readonly cursor?: string;
      };
      readonly header?: never;
      readonly path: {
        /** @description whose name the strays have */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description a page of strays */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['StraysPage'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly adoptStrays: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description The same request with the same key within a day is done once and answered alike, with Idempotency-Replayed. A key that was used for another request is refused with 400; while the first is under way, the answer is 409. Answers that show a key or a secret once are not kept: the second request gets 409. Forms to upload by and the address of the webhook are not kept either: such a request is done again, with a fresh answer. 429 and 5xx are not kept: the request can be sent again. */
        readonly 'Idempotency-Key'?: string;
      };
      readonly path: {
        /** @description whose name the strays have */
        readonly tenant: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['AdoptionRequest'];
      };
    };
    readonly responses: {
      /** @description how many were given */
      readonly 200: {
        headers: {
          readonly 'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Adoption'];
        };
      };
      readonly 400: components['responses']['BadRequest'];
      readonly 401: components['responses']['Unauthorized'];
      readonly 403: components['responses']['Forbidden'];
      readonly 404: components['responses']['NotFound'];
      readonly 409: components['responses']['Conflict'];
      readonly 413: components['responses']['ContentTooLarge'];
      readonly 429: components['responses']['TooManyRequests'];
      readonly 500: components['responses']['InternalError'];
      readonly 503: components['responses']['Unavailable'];
    };
  };
  readonly imageChanged: {
    readonly parameters: {
      readonly query?: never;
      readonly header: {
        /** @description the same whenever the same state is told again */
        readonly 'webhook-id': string;
        /** @description seconds since 1970 */
        readonly 'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>` with the bytes that the secret holds in base64 after `whsec_`; for a while after a rotation two of these, with a space between: with the new secret and with the old one */
        readonly 'webhook-signature': string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['ImageMessage'];
      };
    };
    readonly responses: {
      /** @description taken */
      readonly '2XX': {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  readonly webhookTest: {
    readonly parameters: {
      readonly query?: never;
      readonly header: {
        /** @description the same whenever the same state is told again */
        readonly 'webhook-id': string;
        /** @description seconds since 1970 */
        readonly 'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>` with the bytes that the secret holds in base64 after `whsec_`; for a while after a rotation two of these, with a space between: with the new secret and with the old one */
        readonly 'webhook-signature': string;
      };
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['TestMessage'];
      };
    };
    readonly responses: {
      /** @description taken */
      readonly '2XX': {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}

/** Method and path of every operation. */
export const ROUTES = {
  health: ['GET', '/v1/health'],
  search: ['GET', '/v1/search'],
  completeWord: ['GET', '/v1/words'],
  createUploads: ['POST', '/v1/uploads'],
  importDocuments: ['POST', '/v1/documents'],
  listImages: ['GET', '/v1/images'],
  askStatus: ['POST', '/v1/images/status'],
  deleteImages: ['POST', '/v1/images/deletion'],
  editKeywords: ['POST', '/v1/images/keywords'],
  showImage: ['GET', '/v1/images/{id}'],
  changeImage: ['PATCH', '/v1/images/{id}'],
  retryImage: ['POST', '/v1/images/{id}/retry'],
  deleteImage: ['DELETE', '/v1/images/{id}'],
  exportDocuments: ['GET', '/v1/export'],
  showUsage: ['GET', '/v1/usage'],
  showWebhook: ['GET', '/v1/webhook'],
  setWebhook: ['PUT', '/v1/webhook'],
  rotateWebhookSecret: ['POST', '/v1/webhook/rotation'],
  testWebhook: ['POST', '/v1/webhook/test'],
  showMe: ['GET', '/v1/me'],
  listKeys: ['GET', '/v1/keys'],
  createKey: ['POST', '/v1/keys'],
  rotateKey: ['POST', '/v1/keys/{keyId}/rotation'],
  revokeKey: ['DELETE', '/v1/keys/{keyId}'],
  listTenants: ['GET', '/v1/tenants'],
  createTenant: ['POST', '/v1/tenants'],
  showTenant: ['GET', '/v1/tenants/{tenant}'],
  changeTenant: ['PATCH', '/v1/tenants/{tenant}'],
  deleteTenant: ['DELETE', '/v1/tenants/{tenant}'],
  listTenantUsage: ['GET', '/v1/tenant-usage'],
  listTenantKeys: ['GET', '/v1/tenants/{tenant}/keys'],
  createTenantKey: ['POST', '/v1/tenants/{tenant}/keys'],
  rotateTenantKey: ['POST', '/v1/tenants/{tenant}/keys/{keyId}/rotation'],
  revokeTenantKey: ['DELETE', '/v1/tenants/{tenant}/keys/{keyId}'],
  showIndex: ['GET', '/v1/tenants/{tenant}/index'],
  rebuildIndex: ['POST', '/v1/tenants/{tenant}/index/rebuild'],
  checkIndex: ['GET', '/v1/tenants/{tenant}/index/check'],
  listStrayNames: ['GET', '/v1/strays'],
  listStrays: ['GET', '/v1/strays/{tenant}'],
  adoptStrays: ['POST', '/v1/strays/{tenant}/adoption'],
} as const;
