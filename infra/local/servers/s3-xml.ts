export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An element with text in it. */
export function element(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** Control characters as references, so that line ends and tabs come through as they are. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (character) => `&#${character.codePointAt(0)!};`);
}

/** The text that stands for an element's escaped text. @throws Error for an entity that XML does not have. */
export function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#([0-9]+)|([^;]*));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const character =
        name === undefined ? String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)) : ENTITIES[name];
      if (character === undefined) throw new Error(`${whole} is no entity of XML`);
      return character;
    },
  );
}
