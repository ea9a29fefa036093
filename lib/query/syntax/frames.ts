/**
 * What frames a query at its beginning, or in Japanese and Chinese at its end, and says that something is searched for: "a photo of",
 * "show me". One expression a language, of plain words and spaces alone.
 */
const FRAMES: Readonly<Record<string, RegExp>> = {
  en: frame(
    '(?:please )?(?:(?:can|could|would) you )?(?:(?:show|give|get|bring|send) (?:me|us)|find(?: me| us)?|(?:look|looking|search|searching) for|(?:i (?:want|need|would like|wanna)|i[\\x27’]d like)(?: (?:to )?(?:see|find))?|(?:can|could|may) i see|let(?:[\\x27’]s| me| us) see)(?: please)?(?: some| any| all)?',
    '(?:(?:a|an|the|some|any|all|my|our|this|that|these|those) )?(?:photographs?|photos?|pictures?|pics?|images?|snapshots?|photo ?graphy) (?:of|with|showing|that shows?|containing)',
  ),
  de: frame(
    '(?:bitte )?(?:(?:zeige?|gib) (?:mir|uns)|finde?(?: mir| uns)?|suche?|ich (?:suche|möchte|will))(?: bitte)?(?: nach)?',
    '(?:(?:ein|eine|das|die|alle|mein|meine) )?(?:fotos?|fotografien?|bild|bilder|aufnahmen?) (?:von|vom|mit|eines|einer|des|der)',
  ),
  fr: frame(
    '(?:montre|montrez|trouve|trouvez|trouver|cherche|cherchez|chercher|je (?:cherche|veux|voudrais|aimerais)(?: voir)?)(?:[- ](?:moi|nous))?',
    "(?:(?:une|un|la|le|l['’]|des|les|mes|ma) ?)?(?:photos?|photographies?|images?|clichés?) (?:de|du|des|avec|montrant|d['’])",
  ),
  es: frame(
    '(?:muéstrame|muestrame|enséñame|ensename|encuentra|encontrar|busca|buscar|busco|(?:quiero|quisiera)(?: ver)?)',
    '(?:(?:una|un|la|el|unas|las|mis|mi) )?(?:fotos?|fotografías?|fotografias?|imagen|imágenes|imagenes) (?:de|del|con)',
  ),
  it: frame(
    '(?:mostrami|trova|trovami|cerca|cercami|cerco|(?:voglio|vorrei)(?: vedere)?|fammi vedere)',
    "(?:(?:una|un|la|le|l['’]|delle|alcune) ?)?(?:foto|fotografi[ae]|immagin[ei]) (?:di|del|dello|della|dei|delle|con|d['’])",
  ),
  pt: frame(
    '(?:mostre-me|mostra-me|mostre|encontre|encontra|procure|procura|procuro|(?:quero|queria)(?: ver)?|gostaria de ver)',
    '(?:(?:uma|um|a|o|umas|as) )?(?:fotos?|fotografias?|imagem|imagens) (?:de|do|da|dos|das|com)',
  ),
  nl: frame(
    '(?:toon(?: mij| me)?|laat (?:mij|me) zien|zoek(?: naar)?|vind|ik (?:zoek|wil))',
    "(?:(?:een|de|het|alle) )?(?:foto|foto['’]s|afbeelding|afbeeldingen|plaatjes?) (?:van|met)",
  ),
  sv: frame(
    '(?:visa(?: mig)?|hitta|sök(?: efter)?|jag (?:söker|vill se))',
    '(?:(?:en|ett|alla) )?(?:bild|bilder|foto|foton|fotografi) (?:på|av|med)',
  ),
  ja: /の?(?:写真|画像|イメージ)?(?:を|が)?(?:見せて|みせて|探して|さがして|検索|見たい)(?:ください|下さい)?\s*$|の(?:写真|画像|イメージ)\s*$/u,
  zh: /^\s*[请請]?(?:给我看|給我看|显示|顯示|搜索|搜尋|查找|寻找|尋找|我想看|我要)|的?(?:照片|图片|圖片|相片|图像|圖像)\s*$/u,
  th: /^\s*(?:ค้นหา|หา|ขอดู|แสดง)?\s*(?:รูปถ่าย|รูปภาพ|ภาพถ่าย|รูป|ภาพ)(?:ของ)?/u,
};

/** An asking, or a kind of picture, or both: at the beginning, with something after it. */
function frame(asking: string, kind: string): RegExp {
  const gap = (words: string) => words.replaceAll(' ', '\\s+').replaceAll('\\s+?', '\\s*');
  return new RegExp(`^\\s*(?:${gap(asking)}(?=\\s))?(?:\\s*${gap(kind)}(?=[\\s'’]|(?<=['’])))?`, 'iu');
}

/** The places that frames of these languages take in a query, as start and end. */
export function framesIn(query: string, languages: readonly string[]): (readonly [number, number])[] {
  return languages.flatMap((language) => {
    const match = FRAMES[language]?.exec(query);
    return match && match[0].trim() !== '' ? [[match.index, match.index + match[0].length] as const] : [];
  });
}
