import { describe, expect, it } from 'vitest';
import { readSidecar } from '../../../../lib/files/xmp/read-sidecar.ts';
import { sidecarOf } from '../../../../lib/files/xmp/sidecar-of.ts';
import { sidecarPath } from '../../../../lib/cli/service/write-sidecars.ts';

const made = { model: 'a-model', promptVersion: '2', cropPolicy: 'grid-2x2' };
const GLOSS = {
  ...made,
  views: [
    {
      index: 0,
      kind: 'whole' as const,
      box: { left: 0, top: 0, width: 600, height: 400 },
      tags: ['pier', 'sea & <sky>'],
      caption: 'a wooden pier "at" sunset',
      visibleText: 'OPEN',
    },
    {
      index: 1,
      kind: 'crop' as const,
      box: { left: 300, top: 0, width: 300, height: 200 },
      tags: ['gull', 'sky, blue'],
      caption: 'a gull',
      visibleText: 'N 7',
    },
  ],
  file: { name: 'pier.jpg', keywords: ['Brighton'], title: 'Evening', takenAt: '2024-05-17T10:20:30' },
};

it('are read as they were written', () => {
  expect(readSidecar('pier.jpg', sidecarOf(GLOSS))).toEqual({
    id: 'pier.jpg',
    gloss: {
      model: 'xmp',
      promptVersion: '1',
      cropPolicy: 'none',
      views: [
        {
          index: 0,
          kind: 'text',
          tags: ['pier', 'sea & <sky>'],
          caption: 'a wooden pier "at" sunset',
          visibleText: 'OPEN',
        },
        GLOSS.views[1],
      ],
      file: { keywords: ['Brighton'], title: 'Evening', takenAt: '2024-05-17T10:20:30' },
    },
  });
});

it('hold no character that XML cannot', () => {
  const odd = 'a\u0000b\u000bc\uFFFEd \u{1F41F} \ud800';
  const read = readSidecar(
    'x',
    sidecarOf({ ...made, views: [{ ...GLOSS.views[0]!, tags: [odd], visibleText: '' }] }),
  );
  expect(read!.gloss!.views[0]!.tags).toEqual(['a b c d \u{1F41F} \uFFFD']);
});

it('lose a word that somebody takes out, and keep as people’s what somebody writes', () => {
  const edited = sidecarOf(GLOSS)
    .replace('<rdf:li>pier</rdf:li>', '<rdf:li>jetty</rdf:li>')
    .replace('x-default">a wooden pier "at" sunset', 'x-default">where we met');
  const { views, file } = readSidecar('pier.jpg', edited)!.gloss!;
  expect(views[0]).toMatchObject({ tags: ['sea & <sky>'], caption: '' });
  expect(file).toMatchObject({ keywords: ['Brighton', 'jetty'], description: 'where we met' });
});

describe('of other programs', () => {
  /** As Lightroom writes them: simple properties as attributes, faces as regions. */
  const LIGHTROOM = `<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
    photoshop:SidecarForExtension="CR2" exif:DateTimeOriginal="2021-07-03T18:05:11.25+02:00">
   <dc:subject><rdf:Bag><rdf:li>family</rdf:li><rdf:li>beach</rdf:li></rdf:Bag></dc:subject>
   <dc:description><rdf:Alt><rdf:li xml:lang="de">am Meer</rdf:li><rdf:li xml:lang="x-default">at the sea</rdf:li></rdf:Alt></dc:description>
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:AppliedToDimensions stDim:w="4000" stDim:h="3000" stDim:unit="pixel"/>
    <mwg-rs:RegionList><rdf:Bag><rdf:li>
      <rdf:Description mwg-rs:Rotation="0" mwg-rs:Name="Ada" mwg-rs:Type="Face">
       <mwg-rs:Area stArea:h="0.2" stArea:w="0.1" stArea:x="0.5" stArea:y="0.4"/>
      </rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>`;

  it('are what people wrote', () => {
    expect(readSidecar('DSC_1.CR2', LIGHTROOM)!.gloss).toEqual({
      model: 'xmp',
      promptVersion: '1',
      cropPolicy: 'none',
      views: [
        {
          index: 0,
          kind: 'crop',
          box: { left: 1_800, top: 900, width: 400, height: 600 },
          tags: ['Ada'],
          caption: '',
          visibleText: '',
        },
      ],
      file: {
        keywords: ['family', 'beach'],
        description: 'at the sea',
        takenAt: '2021-07-03T18:05:11',
      },
    });
  });

  it('without words are none', () => {
    const empty = LIGHTROOM.replace(/<dc:subject>.*<\/mwg-rs:Regions>/s, '');
    expect(readSidecar('x', empty)).toBeUndefined();
  });

  it.each(['', 'no XML', '<a>', '<a/>', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'])(
    'are not %j',
    (text) => {
      expect(() => readSidecar('x', text)).toThrow();
    },
  );
});

it.each([
  ['a/b.jpg', '/out/a/b.jpg.xmp'],
  ['../b.jpg', undefined],
  ['a/../../b.jpg', undefined],
  ['/etc/passwd', undefined],
  ['a/../b.jpg', undefined],
  ['a\0b', undefined],
])('the sidecar of %j is %s', (name, path) => {
  expect(sidecarPath('/out', name)).toBe(path);
});
